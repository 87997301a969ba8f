package io.sluice.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Bounds of the live stream. Each names what happens at the bound; none of them is reached by a well-behaved console. */
@ConfigMapping(prefix = "sluice.live")
public interface LiveConfig {

    /** Lengths of window that may be subscribed to: those that the rollups have. */
    @WithDefault("${sluice.rollup.windows:1s,10s,1m}")
    List<String> windows();

    /**
     * Rollup windows in memory, over all series, about 0.5 KiB each. Full: those that changed longest ago go, a
     * sixteenth at a time, the newest of each series last.
     */
    @WithDefault("200000")
    int maxItems();

    /**
     * Windows in memory of one series: device or group, metric, unit and length. Full: the one that changed longest ago
     * goes, unless it changed within 5 s.
     */
    @WithDefault("300")
    int windowsPerSeries();

    /** Time after which an unchanged rollup is forgotten; also how far back a starting instance reads. */
    @WithDefault("PT2H")
    Duration retention();

    /** Devices whose presence is kept. Full: those that changed longest ago go. */
    @WithDefault("200000")
    int maxDevices();

    /**
     * Devices whose last ten connections are kept, about 1 KB each. Full: those go whose connections were asked for, or
     * changed, longest ago.
     */
    @WithDefault("20000")
    int maxHistories();

    /** Newest dead letters kept, of each at most 1,000 octets of its content. Full: the oldest go. */
    @WithDefault("1000")
    int maxRejects();

    /**
     * Items that a snapshot in mode {@code latest} aims at: each series gives as many of its newest windows as fit, at
     * least one, and all open ones.
     */
    @WithDefault("10000")
    int snapshotItems();

    /** Items in one frame. More: the rest goes into the next one. */
    @WithDefault("1000")
    int frameItems();

    /** Octets of items in one frame. More: the rest goes into the next one. */
    @WithDefault("262144")
    int frameBytes();

    /** Subscriptions of a connection at a time. More: error {@code too-many}. */
    @WithDefault("64")
    int maxSubscriptions();

    /** Ids of subscriptions over a connection's life, because each is used once. More: error {@code too-many}. */
    @WithDefault("4096")
    int maxIds();

    /** Octets of a client's frame. More: error {@code bad-frame}. */
    @WithDefault("16384")
    int maxFrameBytes();

    /** Names in each of a filter's {@code devices}, {@code groups}, {@code metrics}. More: error {@code too-many}. */
    @WithDefault("1000")
    int maxNames();

    /** Frames of a connection refused in a row. More: closed with 1008. */
    @WithDefault("20")
    int maxBadFrames();

    /** Octets handed to a connection and not taken by its socket. More: no update is made for it. */
    @WithDefault("524288")
    int maxPendingBytes();

    /**
     * Answers (errors, pongs) that the socket of a client that asks and does not read has not taken. More: closed with
     * 1008.
     */
    @WithDefault("64")
    int maxPendingAnswers();

    /** Windows that wait in mode {@code all} behind a write that does not progress. More: closed with 4413. */
    @WithDefault("1000")
    int queue();

    /** How long a write in mode {@code all} may take before {@code sluice.live.queue} counts. */
    @WithDefault("PT1S")
    Duration stalled();

    /** How long a snapshot waits for this instance to have read what is on Kafka. */
    @WithDefault("PT5S")
    Duration readyWait();

    /**
     * Recoveries at a time that are read again from Kafka, because memory does not reach so far back, and held until their
     * client has taken them. More: full snapshot.
     */
    @WithDefault("4")
    int maxRereads();

    /**
     * Records that one recovery may read again from Kafka, from the client's position to the end, whatever its filter.
     * More: full snapshot.
     */
    @WithDefault("1000000")
    int rereadRecords();

    /** Items of the client's filter that one recovery from Kafka may hold, about 0.5 KiB each. More: full snapshot. */
    @WithDefault("50000")
    int rereadItems();

    /** How long one recovery from Kafka may take. Longer: full snapshot. */
    @WithDefault("PT5S")
    Duration rereadTimeout();

    /** How long, from its begin, such a recovery is kept for a client that does not take it. Longer: full snapshot. */
    @WithDefault("PT30S")
    Duration rereadHold();

    /** Sockets and event streams of this instance. More: 503 before the upgrade. */
    @WithDefault("2000")
    int maxConnections();

    /** Long polls that wait at a time. More: answered at once, as though nothing had changed. */
    @WithDefault("1000")
    int maxPolls();

    /** Time between the server's pings. */
    @WithDefault("PT25S")
    Duration pingInterval();

    /** Time without a pong from a client that reads, after which it is closed with 4408. */
    @WithDefault("PT60S")
    Duration pongTimeout();

    /** Time from the first octet of a client's frame to its last. Longer: closed with 1008. */
    @WithDefault("PT10S")
    Duration messageTimeout();

    /**
     * Octets of the kernel's send buffer of a live socket. Small, so that writes soon tell of a browser that does not
     * read, and its updates are conflated here instead of growing old in the kernel.
     */
    @WithDefault("131072")
    int sendBuffer();

    /**
     * How long a client may take to answer a close frame; a stop waits as long for clients, and then for the Kafka
     * readers.
     */
    @WithDefault("PT3S")
    Duration closeTimeout();
}
