package io.sluice.local;

import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

@MessageLogger(projectCode = "SLUICE", length = 5)
interface LocalLog extends BasicLogger {
    LocalLog LOG = Logger.getMessageLogger(java.lang.invoke.MethodHandles.lookup(), LocalLog.class, "io.sluice.local");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 9001, value = "%s")
    void welcome(String text);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 9002, value = "simulated fleet: building devices-sim")
    void buildingFleet();

    @LogMessage(level = Logger.Level.INFO)
    @Message(
            id = 9003,
            value = "simulated fleet: %d devices are connecting to %s (log: %s; off with -Dsluice.dev.fleet=0)")
    void fleetStarted(int devices, String url, String log);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 9004, value = "simulated fleet: not started, %s")
    void fleetFailed(String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 9005, value = "the embedded %s has ended; start again to have it back (log: %s)")
    void serverEnded(String name, String log);
}
