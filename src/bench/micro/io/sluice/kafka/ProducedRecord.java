package io.sluice.kafka;

import io.sluice.ingest.LogEntry;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What is handed to Kafka's producer in the end: how it is made is this room's own. */
public final class ProducedRecord {
    private ProducedRecord() {}

    public static ProducerRecord<byte[], byte[]> of(LogEntry entry) {
        return KafkaRecords.of(entry);
    }
}
