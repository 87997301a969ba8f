package io.sluice.rollup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Interim values to the topic {@code rollups}, for all tasks of a process. Thread-safe. */
final class InterimProducer implements Interims, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final int partitions;
    private final Duration interval;
    private final Duration trust;
    private final LongAdder lost;

    /**
     * @param partitions of {@code rollups}
     * @param interval see {@link Interims#interval}
     * @param trust see {@link Interims#trust}
     * @param lost counts values that were let go
     */
    InterimProducer(Map<String, Object> settings, int partitions, Duration interval, Duration trust, LongAdder lost) {
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.partitions = partitions;
        this.interval = interval;
        this.trust = trust;
        this.lost = lost;
        learnLeaders();
    }

    /** Beside this, since a value that finds no leader is let go at once. */
    private void learnLeaders() {
        try {
            producer.partitionsFor(RollupTopology.ROLLUPS);
        } catch (KafkaException asked) {
            // the answer comes to the producer
        }
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public Duration trust() {
        return trust;
    }

    @Override
    public void send(RollupKey key, RollupItem item, long arrived, long now) {
        try {
            producer.send(
                    new ProducerRecord<>(
                            RollupTopology.ROLLUPS,
                            RollupTopology.partitionOf(key, partitions),
                            now,
                            key.toBytes(),
                            RollupJson.encode(item),
                            arrival(arrived)),
                    (place, failure) -> {
                        if (failure != null) {
                            lost.increment();
                        }
                    });
        } catch (KafkaException | IllegalStateException closed) {
            lost.increment();
        }
    }

    /** Header of every record on {@code rollups}. */
    static Headers arrival(long arrived) {
        return new RecordHeaders()
                .add(RollupItem.ARRIVED, Long.toString(arrived).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void settle() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
