package io.sluice.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a device may do, and for how long (device protocol sections 2, 3 and 5; operator protocol section 3). */
@ConfigMapping(prefix = "sluice.ingest")
public interface IngestConfig {
    /**
     * First part of this process's name among the instances, in session ids and presence records. The rest is made up
     * at each start.
     */
    Optional<String> instance();

    /**
     * PEM file of the authorities whose client certificates name devices (device protocol section 1). Absent: no
     * certificate is asked for. Never the authority of the server's own certificate: the process does not start. Read
     * again every hour, with the server's certificate ({@code QUARKUS_TLS_RELOAD_PERIOD}). Development makes one in
     * {@code .sluice/device-ca.pem}.
     */
    Optional<Path> deviceAuthority();

    /** Octets of a message, over all its fragments; told in {@code welcome}. Also the frame limit of {@code /live}. */
    @WithDefault("65536")
    int maxMessageBytes();

    /** Records of a pack, those with base fields only included; told in {@code welcome}. */
    @WithDefault("1000")
    int maxRecords();

    /**
     * Octets of a message in resolved form, counted before it is built. What Kafka's topics would not take as one
     * record (1 MiB by default) is refused at start.
     */
    @WithDefault("524288")
    int maxResolvedBytes();

    /** Unacknowledged messages of a connection; told in {@code welcome}. */
    @WithDefault("256")
    int window();

    /** Octets in flight to Kafka from one connection. More: its next message waits. */
    @WithDefault("1048576")
    int maxConnectionBytes();

    /** Device connections of this process. More: 503. Keep it below the limit on open files. */
    @WithDefault("18000")
    int maxConnections();

    /**
     * Different metrics that one instance takes of a device since its start. More: rejected as
     * {@code too-many-metrics}.
     */
    @WithDefault("500")
    int maxMetrics();

    /** How far ahead of the server's clock a reading may be. Further: {@code future-time}. */
    @WithDefault("PT5M")
    Duration futureTolerance();

    /** How old a reading may be. Older: {@code stale-time}. */
    @WithDefault("P7D")
    Duration pastTolerance();

    /** Least time between two acknowledgements that neither cover everything received nor half the window. */
    @WithDefault("PT0.05S")
    Duration ackInterval();

    /** Time between the server's pings, less up to a fifth as jitter; told in {@code welcome} in whole seconds. */
    @WithDefault("PT25S")
    Duration heartbeat();

    /** Time without an octet from a connection that is read, after which it is closed with 4408. */
    @WithDefault("PT60S")
    Duration silence();

    /** Time from the first octet of a message to its last. Longer: closed with 1008. */
    @WithDefault("PT10S")
    Duration messageTimeout();

    /** How long a close waits for the acknowledgement of what came before its cause. */
    @WithDefault("PT5S")
    Duration flushTimeout();

    /** How long a peer may take to answer a close frame. */
    @WithDefault("PT2S")
    Duration closeTimeout();

    /** How long a stop waits for outstanding acknowledgements after {@code goaway}. */
    @WithDefault("PT8S")
    Duration drainTimeout();

    /**
     * Least time, of {@code sluice.ingest.drain-timeout}, for which a stop answers handshakes with 503 before it closes
     * the port, however soon every device is gone: who was sent here a moment ago learns when to come back, and not
     * only that nobody listens.
     */
    @WithDefault("PT1S")
    Duration drainRefusal();

    /** Time over which devices come back after a restart: {@code goaway} tells them 1 s plus a random part of this. */
    @WithDefault("PT15S")
    Duration reconnectSpread();

    /** Time after which a device that had more than one message waiting at every resume is closed with 4429. */
    @WithDefault("PT30S")
    Duration ratePatience();

    /** Malformed messages in a row. At this number the connection is closed with 1008. */
    @WithDefault("20")
    int maxMalformedInARow();

    /** Handshakes of one device in a minute, with a right credential. More: 429. */
    @WithDefault("10")
    int deviceAttemptsPerMinute();

    /**
     * Requests from one address in a minute with no or a wrong credential, or of a disabled device. At this number
     * further such requests from there get 429; right credentials pass. Of an IPv6 address its /64 counts.
     */
    @WithDefault("60")
    int failedAttemptsPerMinute();

    /** Requests {@code POST /ingest} of this process between head and answer. More: 503. */
    @WithDefault("256")
    int maxPosts();

    /** How long a {@code POST /ingest} waits for Kafka. Longer: 503. */
    @WithDefault("PT10S")
    Duration postTimeout();

    /**
     * How long an instance is believed to live after its last word on {@code presence}. It is renewed three times in
     * that time.
     */
    @WithDefault("PT30S")
    Duration lease();
}
