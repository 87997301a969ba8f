package io.sluice.bench.empty;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where messages go: the settings are those of the reference {@code bare}. There before the first message comes. */
@Startup
@Singleton
public class ReadingsTopic {
    private final Producer<byte[], byte[]> producer;
    private final String topic;

    ReadingsTopic(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap,
            @ConfigProperty(name = "bench.topic") String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        64 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Before the first message, so that none waits for it on the event loop. */
    @PostConstruct
    void fetchMetadata() {
        producer.partitionsFor(topic);
    }

    void send(byte[] key, byte[] message, Runnable durable) {
        producer.send(new ProducerRecord<>(topic, key, message), (metadata, failure) -> {
            if (failure == null) {
                durable.run();
            } else {
                System.err.println(failure);
            }
        });
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
