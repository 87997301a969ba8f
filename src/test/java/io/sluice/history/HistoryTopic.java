package io.sluice.history;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to {@code rollups.history} what the rollups would, or what nobody should. Partition 0, so that order is known. */
final class HistoryTopic implements AutoCloseable {
    private static final String TOPIC = "rollups.history";

    private final KafkaProducer<byte[], byte[]> producer;

    HistoryTopic(String broker) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void put(RollupItem item) {
        put(item, null);
    }

    void put(RollupItem item, byte[] sketch) {
        put(RollupKey.of(item).toBytes(), RollupJson.encode(item), sketch);
    }

    void put(byte[] key, byte[] value, byte[] sketch) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(TOPIC, 0, key, value);
        if (sketch != null) {
            message.headers().add("sketch", sketch);
        }
        try {
            producer.send(message).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
