package io.sluice.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Topics and the one producer (operator protocol section 3). */
@ConfigMapping(prefix = "sluice.kafka")
public interface TopicsConfig {
    /** Partitions of every topic; applies at creation, another value later is refused at start. */
    @WithDefault("12")
    int partitions();

    /** Replicas of every partition; with one broker it must be 1. */
    @WithDefault("3")
    short replication();

    /** How long rollups can be replayed to browsers that reconnect. */
    @WithDefault("PT6H")
    Duration rollupRetention();

    /** How long the database may be away without a gap in the history. */
    @WithDefault("P7D")
    Duration historyRetention();

    /** Octets that may be on their way to Kafka; beyond, devices wait and handshakes get 503. */
    @WithDefault("33554432")
    long maxBytesInFlight();

    /** The producer's own memory; it must hold what is in flight and its batches' slack. */
    @WithDefault("67108864")
    long bufferMemory();

    /** How long a shutdown waits for the producer. */
    @WithDefault("PT5S")
    Duration closeTimeout();

    /** The longest pause between two attempts to reach the broker at start. */
    @WithDefault("PT10S")
    Duration maxBackOff();
}
