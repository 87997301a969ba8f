package io.sluice.live;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the live room logs; ids 6000 to 6999. */
@MessageLogger(projectCode = "SLUICE", length = 5)
interface LiveLog {
    LiveLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), LiveLog.class, "io.sluice.live");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 6001, value = "live: following %s from %d partitions, %d items read in %d ms")
    void caughtUp(String topic, int partitions, int items, long ms);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 6002, value = "live: %s cannot be read for now (%s); trying again quietly")
    void unreachable(String topic, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 6003, value = "live: %s is read again")
    void reachable(String topic);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 6004,
            value = "live: a record of %s at partition %d, offset %d is not understood and left out (%s); "
                    + "more of them are counted only")
    void notUnderstood(String topic, int partition, long offset, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 6005, value = "live: %s, partition %d: offsets up to %d are gone from Kafka before they were read")
    void skipped(String topic, int partition, long offset);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 6006, value = "live: a subscription failed")
    void pulseFailed(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 6007, value = "live: session %s closed by the server with %d")
    void closed(String session, int code);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 6008, value = "live: session %s: socket error %s")
    void socketError(String session, String reason);
}
