package io.sluice.rollup;

import io.sluice.senml.ResolvedPackWriter;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Both ends of the rollups on a real broker: writes readings as ingest does, reads rollups as {@code live} does. */
final class KafkaRollups implements AutoCloseable {
    private final String address;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ResolvedPackWriter writer = new ResolvedPackWriter();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private volatile @Nullable Exception failure;
    private boolean reading;

    KafkaRollups(String address) {
        this.address = address;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address,
                        // Or the first readings on a topic made a moment ago may never be taken, see KafkaMessageLog.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    void ensureTopics(int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            for (String topic : RollupTopology.TOPICS) {
                try {
                    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
                    admin.createTopics(List.of(wanted)).all().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    /** @param time event time in ms; the arrival is now */
    void send(String device, long number, long time, double value) {
        send(device, null, number, time, value);
    }

    void send(String device, @Nullable String group, long number, long time, double value) {
        Readings readings = new Readings();
        readings.add("t", "Cel", time / 1e3, ValueType.NUMBER, value, null, Double.NaN, Double.NaN);
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(RollupTopology.READINGS, bytes(device), writer.accepted(readings));
        message.headers().add("epoch", bytes("test")).add("seq", bytes(Long.toString(number)));
        if (group != null) {
            message.headers().add("group", bytes(group));
        }
        unacknowledged.incrementAndGet();
        producer.send(message, (metadata, failed) -> {
            if (failed == null) {
                unacknowledged.decrementAndGet();
            } else {
                failure = failed;
            }
        });
    }

    /** How far readings and rollups have come, for a failure's message. */
    String progress() {
        StringBuilder told = new StringBuilder("messages not on Kafka: " + unacknowledged);
        if (failure != null) {
            told.append(", last because of ").append(failure);
        }
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", address, "request.timeout.ms", 5_000, "default.api.timeout.ms", 5_000))) {
            Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets("sluice-rollup")
                    .partitionsToOffsetAndMetadata()
                    .get();
            told.append("; readings rolled up of readings there:");
            for (TopicPartition each : done.keySet()) {
                told.append(' ').append(each).append(' ').append(done.get(each).offset());
                told.append(" of ").append(end(admin, each, IsolationLevel.READ_UNCOMMITTED));
            }
            told.append("; rollups read of committed of written:");
            for (TopicPartition each : consumer.assignment()) {
                told.append(' ').append(each).append(' ').append(consumer.position(each, Duration.ofSeconds(5)));
                told.append(" of ").append(end(admin, each, IsolationLevel.READ_COMMITTED));
                told.append(" of ").append(end(admin, each, IsolationLevel.READ_UNCOMMITTED));
            }
        } catch (Exception e) {
            told.append("; the broker did not tell more: ").append(e);
        }
        return told.toString();
    }

    private static long end(Admin admin, TopicPartition partition, IsolationLevel isolation) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** The rollups of devices and groups whose name begins so, that came since the last call. */
    List<RollupItem> poll(String prefix) {
        if (!reading) {
            consumer.assign(consumer.partitionsFor(RollupTopology.ROLLUPS).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList());
            reading = true;
        }
        List<RollupItem> items = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(50))) {
            RollupItem item = RollupJson.decode(each.value());
            if ((item.device() != null ? item.device() : item.group()).startsWith(prefix)) {
                items.add(item);
            }
        }
        return items;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // What is not on Kafka by now will not be, and a failure is to be told soon.
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
