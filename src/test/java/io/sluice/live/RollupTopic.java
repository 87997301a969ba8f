package io.sluice.live;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes items to the topic {@code rollups}, all of a device to one partition, as the rollups do. */
final class RollupTopic implements AutoCloseable {
    private static final String TOPIC = "rollups";

    private final KafkaProducer<byte[], byte[]> producer;

    RollupTopic(String broker) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Of a window of 1 s.
     *
     * @param value 0 or more; the greater, the more readings
     */
    static RollupItem item(String device, long start, double value, boolean isFinal) {
        double none = Double.NaN;
        return new RollupItem(
                device,
                null,
                "t",
                "Cel",
                "1s",
                start,
                1 + (long) value,
                value,
                value,
                value,
                0,
                value,
                null,
                none,
                none,
                none,
                isFinal);
    }

    /** Answers when Kafka has them all, with the place of each. */
    List<RecordMetadata> write(List<RollupItem> items) throws Exception {
        int partitions = producer.partitionsFor(TOPIC).size();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (RollupItem item : items) {
            int partition = Math.floorMod(String.valueOf(item.device()).hashCode(), partitions);
            sent.add(producer.send(
                    new ProducerRecord<>(TOPIC, partition, RollupKey.of(item).toBytes(), RollupJson.encode(item))));
        }
        producer.flush();
        List<RecordMetadata> places = new ArrayList<>();
        for (Future<RecordMetadata> each : sent) {
            places.add(each.get());
        }
        return places;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
