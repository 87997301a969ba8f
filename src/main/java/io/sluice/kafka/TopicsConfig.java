package io.sluice.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Topics and the one producer (operator protocol section 3). */
@ConfigMapping(prefix = "sluice.kafka")
public interface TopicsConfig {
    /** Partitions of every topic, at its creation. Another number later is refused at start. */
    @WithDefault("12")
    int partitions();

    /**
     * Replicas of every partition, at a topic's creation. A single broker needs 1. {@code min.insync.replicas} becomes
     * one less, at least 1.
     */
    @WithDefault("3")
    short replication();

    /**
     * Retention of the topic {@code rollups}, at its creation: how long rollups can be replayed to browsers that
     * reconnect.
     */
    @WithDefault("PT6H")
    Duration rollupRetention();

    /**
     * Retention of the topic {@code rollups.history}, at its creation: how long the database may be away without a gap
     * in the history.
     */
    @WithDefault("P7D")
    Duration historyRetention();

    /**
     * Octets on their way to Kafka from this process. At this number devices wait and handshakes get 503, until it is
     * below three quarters.
     */
    @WithDefault("33554432")
    long maxBytesInFlight();

    /**
     * Octets of the producer's own memory. It holds what is in flight and its batches' slack: keep it at twice
     * {@code sluice.kafka.max-bytes-in-flight}.
     */
    @WithDefault("67108864")
    long bufferMemory();

    /** How long a stop waits for the producer. */
    @WithDefault("PT5S")
    Duration closeTimeout();

    /** Longest pause between two attempts to reach the broker at start. */
    @WithDefault("PT10S")
    Duration maxBackOff();
}
