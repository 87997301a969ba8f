package io.sluice.history;

import io.sluice.platform.LogPace;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the history logs; ids 7000 to 7999. */
@MessageLogger(projectCode = "SLUICE", length = 5)
interface HistoryLog {
    HistoryLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), HistoryLog.class, "io.sluice.history");

    /** A topic full of what is not ours would otherwise fill the log. */
    LogPace PACE = new LogPace(Duration.ofMinutes(1));

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 7001, value = "history: the database does not take rollups (%s); they wait on Kafka")
    void away(String cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 7002, value = "history: the database takes rollups again")
    void back();

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 7003,
            value = "history: the record at partition %d, offset %d is not understood and left out (%s); of more"
                    + " of them one a minute is told")
    void undecodable(int partition, long offset, String cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 7004,
            value = "history: the database refuses a rollup, which is left out (%s); of more of them one a minute"
                    + " is told")
    void refused(String cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 7005, value = "history: partitions could not be made or dropped (%s); trying again within the hour")
    void housekeepingFailed(String cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 7006, value = "history: %d days older than the retention were dropped")
    void dropped(int days);

    static void tellOfUndecodable(int partition, long offset, RuntimeException cause) {
        if (PACE.permits()) {
            LOG.undecodable(partition, offset, cause.toString());
        }
    }

    static void tellOfRefused(Throwable cause) {
        if (PACE.permits()) {
            LOG.refused(cause.toString());
        }
    }
}
