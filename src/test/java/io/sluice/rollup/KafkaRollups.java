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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Both ends of the rollups on a real broker: writes readings as ingest does, reads rollups as {@code live} does. */
final class KafkaRollups implements AutoCloseable {
    private final String address;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ResolvedPackWriter writer = new ResolvedPackWriter();
    private boolean reading;

    KafkaRollups(String address) {
        this.address = address;
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address),
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
            for (String topic : List.of(RollupTopology.READINGS, RollupTopology.ROLLUPS)) {
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
        Readings readings = new Readings();
        readings.add("t", "Cel", time / 1e3, ValueType.NUMBER, value, null, Double.NaN, Double.NaN);
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(RollupTopology.READINGS, bytes(device), writer.accepted(readings));
        message.headers().add("epoch", bytes("test")).add("seq", bytes(Long.toString(number)));
        producer.send(message);
    }

    /** The rollups of devices whose id begins so, that came since the last call. */
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
            if (String.valueOf(item.device()).startsWith(prefix)) {
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
        producer.close();
        consumer.close();
    }
}
