package io.sluice.registry;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

@MessageLogger(projectCode = "SLUICE", length = 5)
interface RegistryLog extends BasicLogger {
    RegistryLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RegistryLog.class, "io.sluice.registry");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 3001, value = "Directory loaded: %d devices, %d profiles, in %d ms")
    void directoryLoaded(int devices, int profiles, long millis);

    @LogMessage(level = Logger.Level.WARN)
    @Message(
            id = 3002,
            value = "The directory lost the database and goes on with what it knows; next attempt in %d ms: %s")
    void directoryLostDatabase(long millis, String cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 3003, value = "A listener of the directory failed")
    void listenerFailed(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 3004, value = "A change is stored, but this instance's directory does not know it yet: %s")
    void notSettled(String cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 3005, value = "The stored profile %s cannot be read and is passed over: %s")
    void unreadableProfile(String profile, String cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 3006, value = "An import of devices stopped: %s")
    void importFailed(String cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 3007, value = "The last uses of tokens are not written yet: %s")
    void tokenUsesNotWritten(String cause);
}
