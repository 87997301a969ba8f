package io.sluice.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What a device may do, and for how long (device protocol sections 2, 3 and 5; operator protocol section 3). */
@ConfigMapping(prefix = "sluice.ingest")
public interface IngestConfig {
    /** Begins the name of this process among the instances, in presence records; the rest is made up at each start. */
    Optional<String> instance();

    /**
     * File of the authorities, in PEM, whose client certificates name devices (device protocol section 1). Absent: none is
     * asked for. Read again with the server's certificate.
     */
    Optional<String> deviceAuthority();

    /** Octets of a message, over all its fragments; told in {@code welcome}. */
    @WithDefault("65536")
    int maxMessageBytes();

    /** Records of a pack; told in {@code welcome}. */
    @WithDefault("1000")
    int maxRecords();

    /** Octets of a message's resolved form, counted before it is built. Kafka's own limit of 1 MiB a record lies above. */
    @WithDefault("524288")
    int maxResolvedBytes();

    /** Unacknowledged messages of a connection; told in {@code welcome}. */
    @WithDefault("256")
    int window();

    /** Octets in flight to Kafka of one connection; beyond, its next message waits. */
    @WithDefault("1048576")
    int maxConnectionBytes();

    /** Device connections of this process; further handshakes get 503. */
    @WithDefault("18000")
    int maxConnections();

    /** Different metrics of a device; what is beyond is rejected as {@code too-many-metrics}. */
    @WithDefault("500")
    int maxMetrics();

    /** How far ahead of the server's clock a reading may be. */
    @WithDefault("PT5M")
    Duration futureTolerance();

    /** How old a reading may be. */
    @WithDefault("P7D")
    Duration pastTolerance();

    /** Least time between two acknowledgements that cover less than half the window. */
    @WithDefault("PT0.05S")
    Duration ackInterval();

    /** Between the server's pings, less up to a fifth as jitter; told in {@code welcome}. */
    @WithDefault("PT25S")
    Duration heartbeat();

    /** After so long without an octet a connection is closed with 4408. */
    @WithDefault("PT60S")
    Duration silence();

    /** From a message's first fragment to its last (1008). */
    @WithDefault("PT10S")
    Duration messageTimeout();

    /** How long a close waits for the acknowledgement of what came before what caused it. */
    @WithDefault("PT5S")
    Duration flushTimeout();

    /** How long a peer may take to answer a close frame. */
    @WithDefault("PT2S")
    Duration closeTimeout();

    /** How long the shutdown waits for outstanding acknowledgements after {@code goaway}. */
    @WithDefault("PT8S")
    Duration drainTimeout();

    /**
     * From the beginning of the drain the port answers handshakes with 503 for at least so long, however soon every device
     * is gone: who was sent here a moment ago learns when to come back, and not only that nobody listens.
     */
    @WithDefault("PT1S")
    Duration drainRefusal();

    /** Reconnections after a restart are spread over this time. */
    @WithDefault("PT15S")
    Duration reconnectSpread();

    /** A device that had more than one message waiting at every resume for so long is closed with 4429. */
    @WithDefault("PT30S")
    Duration ratePatience();

    /** Malformed messages in a row before a connection is closed with 1008. */
    @WithDefault("20")
    int maxMalformedInARow();

    /** Handshakes a minute of one device, successful or not; beyond, 429. */
    @WithDefault("10")
    int deviceAttemptsPerMinute();

    /** Failed handshakes a minute from one address; beyond, 429. */
    @WithDefault("60")
    int failedAttemptsPerMinute();

    /** {@code POST /ingest}: requests of this process between head and answer; further ones get 503. */
    @WithDefault("256")
    int maxPosts();

    /** {@code POST /ingest}: how long Kafka may be silent before the answer is 503. */
    @WithDefault("PT10S")
    Duration postTimeout();

    /** A lease says that this instance lives for so long; it is renewed three times in that time. */
    @WithDefault("PT30S")
    Duration lease();
}
