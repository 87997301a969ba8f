package io.sluice.ingest;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What this room logs: nothing per message, no payloads, one line at DEBUG for what a peer did wrong. */
@MessageLogger(projectCode = "SLUICE", length = 5)
interface IngestLog {
    IngestLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), IngestLog.class, "io.sluice.ingest");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1001, value = "A message of %s could not be written to Kafka: %s")
    void sendFailed(String device, String failure);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 1002, value = "Handshake from %s refused: %d %s")
    void handshakeRefused(String address, int status, String detail);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 1003, value = "Closing %s with %d: %s")
    void closing(String device, int code, String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1004, value = "Draining %d device connections")
    void draining(int connections);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1005, value = "%d device connections were not done within the drain timeout")
    void drainIncomplete(int connections);

    @LogMessage(level = Logger.Level.DEBUG)
    @Message(id = 1006, value = "Connection of %s failed: %s")
    void connectionFailed(String device, String failure);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1007, value = "%s Until then no client certificate is good.")
    void deviceAuthorityRefused(String why);
}
