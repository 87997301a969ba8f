package io.sluice.access;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

@MessageLogger(projectCode = "SLUICE", length = 5)
interface AccessLog extends BasicLogger {
    AccessLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), AccessLog.class, "io.sluice.access");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 4001, value = "Created the first administrator, %s")
    void firstAdministrator(String name);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4002, value = "Too many failed log-ins from %s; refused for %d s")
    void throttled(String address, long seconds);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4003, value = "The audit could not be written: %s")
    void auditFailed(String cause);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 4004, value = "Housekeeping failed and will be tried again: %s")
    void housekeepingFailed(String cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4005, value = "Operators cannot be looked up: %s")
    void databaseAway(String cause);
}
