package io.sluice.kafka;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What this room logs. */
@MessageLogger(projectCode = "SLUICE", length = 5)
interface KafkaLog {
    KafkaLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), KafkaLog.class, "io.sluice.kafka");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2001, value = "Created the topics %s with %d partitions and replication %d")
    void created(String topics, int partitions, int replication);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2002, value = "Kafka at %s is not there yet, next attempt in %d ms: %s")
    void notThereYet(String address, long millis, String failure);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2003, value = "%s")
    void refused(String reason);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2004, value = "Kafka at %s is reached; messages are taken")
    void ready(String address);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2005, value = "The producer was closed with %d bytes not acknowledged")
    void closedInFlight(long bytes);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2006, value = "A presence record could not be written: %s")
    void presenceFailed(String failure);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2007, value = "Following presence failed, trying again: %s")
    void presenceFollowFailed(String failure);
}
