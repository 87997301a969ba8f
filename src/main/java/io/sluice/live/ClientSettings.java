package io.sluice.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Uuid;

/** Settings of the room's Kafka clients. */
final class ClientSettings {
    static final Duration API_TIMEOUT = Duration.ofSeconds(5);
    static final long LAST_BACKOFF_MS = 5_000;

    private final Map<String, Object> broker;

    /** @param broker address and security */
    ClientSettings(Map<String, Object> broker) {
        this.broker = broker;
    }

    /** Of a topic, in positions. */
    static long tag(Uuid topicId) {
        return (topicId.getMostSignificantBits() ^ topicId.getLeastSignificantBits()) & Long.MAX_VALUE;
    }

    Map<String, Object> admin(String purpose) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-live-admin-" + purpose);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) API_TIMEOUT.toMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) API_TIMEOUT.toMillis());
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) LAST_BACKOFF_MS);
        return config;
    }

    Map<String, Object> consumer(String purpose) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-live-" + purpose);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) API_TIMEOUT.toMillis());
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) API_TIMEOUT.toMillis());
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) LAST_BACKOFF_MS);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        // What is fetched ahead is memory too.
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1024 * 1024);
        return config;
    }
}
