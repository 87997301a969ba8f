package io.sluice.platform;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

@MessageLogger(projectCode = "SLUICE", length = 5)
interface ProblemLog extends BasicLogger {
    ProblemLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ProblemLog.class, "io.sluice.platform");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 8101, value = "A REST call failed")
    void unexpected(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 8102, value = "A REST call was answered 503: %s")
    void databaseAway(String cause);
}
