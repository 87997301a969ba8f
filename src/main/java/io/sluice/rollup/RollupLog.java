package io.sluice.rollup;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

@MessageLogger(projectCode = "SLUICE", length = 5)
interface RollupLog extends BasicLogger {
    RollupLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RollupLog.class, "io.sluice.rollup");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 5001, value = "rollups are running (state in %s)")
    void running(Path stateDir);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5002, value = "rollups wait for Kafka or its topics: %s")
    void waiting(String cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5003, value = "a rollup thread failed and is replaced (%d of at most %d in ten minutes)")
    void threadReplaced(int replacements, int limit, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5004, value = "rollup threads fail again and again; the rollups stop until a restart")
    void gaveUp(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 5005,
            value = "rollups did not stop within %d ms; what was not committed is read again at the next start")
    void closedLate(long millis);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5006, value = "rollups could not be started; trying again")
    void startFailed(@Cause Throwable cause);
}
