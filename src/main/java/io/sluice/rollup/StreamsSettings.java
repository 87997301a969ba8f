package io.sluice.rollup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams and of the client that asks the broker, from ours. */
final class StreamsSettings {
    /** As long as readings by default, and longer than both stages could ever stand apart: they run together. */
    private static final Duration ADDITIONS_RETENTION = Duration.ofDays(7);

    /** A deletion frees whole segments only. */
    private static final int ADDITIONS_SEGMENT_BYTES = 16 << 20;

    /** Of interim values on their way to the broker. */
    private static final long INTERIM_BYTES = 16 << 20;

    private final RollupConfig config;
    private final Map<String, Object> connection;

    /** @param broker address and security */
    StreamsSettings(RollupConfig config, Map<String, Object> broker) {
        this.config = config;
        connection = new HashMap<>(broker);
        // A broker that is away is asked every few seconds, not ten times a second by each of a handful of clients.
        connection.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 200);
        connection.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
    }

    Map<String, Object> admin() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, config.applicationId() + "-ends");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return settings;
    }

    /** Interim values are not worth waiting for: what one had, the next one has, too. */
    Map<String, Object> interims() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-interims");
        settings.put(ProducerConfig.ACKS_CONFIG, "1");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        // Those of one window in their order, though they are tried again.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, INTERIM_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 16);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        return settings;
    }

    Properties streams(Path stateDir) {
        Properties settings = new Properties();
        settings.putAll(connection);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replication());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, DiskMemory.class);
        settings.put(DiskMemory.BYTES, config.diskMemory().asLongValue());

        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        long commit = config.commitInterval().toMillis();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commit);
        // What is due, a commit or interim values, waits for the poll to return.
        settings.put(
                StreamsConfig.POLL_MS_CONFIG, Math.max(1, config.emitInterval().toMillis() / 4));
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        // An outage is waited for, however long; the default makes it a thread's failure after five minutes.
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Long.MAX_VALUE);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // All that is sent is sent right before a commit, which waits for it: so it goes out while the rest is being
        // written.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        settings.put(StreamsConfig.topicPrefix(TopicConfig.COMPRESSION_TYPE_CONFIG), "producer");
        // Of the topic between the stages, from which Streams deletes what both have committed; its own default is for
        // ever.
        settings.put(StreamsConfig.topicPrefix(TopicConfig.RETENTION_MS_CONFIG), ADDITIONS_RETENTION.toMillis());
        settings.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), ADDITIONS_SEGMENT_BYTES);

        // As long as a record is tried; until then an outage costs waiting, and then all of the tasks' state.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), 120_000);

        int session = (int) config.sessionTimeout().toMillis();
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / 4);
        // Partitions move at once when a process stops, and a live reload does not wait for its own predecessor.
        settings.put("internal.leave.group.on.close", true);
        return settings;
    }
}
