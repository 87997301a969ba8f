package io.sluice.platform;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

@MessageLogger(projectCode = "SLUICE", length = 5)
interface PlatformLog extends BasicLogger {
    PlatformLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), PlatformLog.class, "io.sluice.platform");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 8101, value = "A REST call failed")
    void unexpected(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 8102, value = "A REST call was answered 503: %s")
    void databaseAway(String cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 8001, value = "Lines left out of the log in the minute before, by source: %s")
    void leftOut(Map<String, Integer> lines);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 8002, value = "TLS by %s")
    void boringSsl(String version);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 8003, value = "TLS by the JDK; %s")
    void jdkTls(String reason);
}
