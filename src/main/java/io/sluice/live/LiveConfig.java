package io.sluice.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Bounds of the live stream. Each names what happens at the bound; none of them is reached by a well-behaved console. */
@ConfigMapping(prefix = "sluice.live")
public interface LiveConfig {

    /** Names of the windows that operators may subscribe to; those that the rollup room makes. */
    @WithDefault("${sluice.rollup.windows:1s,10s,1m}")
    List<String> windows();

    /**
     * Rollup windows kept in memory, over all series; about 0.5 KiB each. Full: those that changed longest ago are
     * forgotten, a sixteenth at a time, the newest window of each series last.
     */
    @WithDefault("200000")
    int maxItems();

    /** Windows kept of one series (device or group, metric, unit, window). Full: the one that changed longest ago goes. */
    @WithDefault("300")
    int windowsPerSeries();

    /** Rollups that have not changed for so long are forgotten; also how far back a starting instance reads. */
    @WithDefault("PT2H")
    Duration retention();

    /** Devices whose presence is kept. Full: those that changed longest ago are forgotten. */
    @WithDefault("200000")
    int maxDevices();

    /** Newest dead letters kept. Full: the oldest are forgotten. */
    @WithDefault("1000")
    int maxRejects();

    /**
     * Items that a snapshot in mode {@code latest} aims at: every series gives as many of its newest windows as fit, at
     * least one, and all that are still open.
     */
    @WithDefault("10000")
    int snapshotItems();

    /** Items in one frame; more go into the next one. */
    @WithDefault("1000")
    int frameItems();

    /** Octets of items in one frame; more go into the next one. */
    @WithDefault("262144")
    int frameBytes();

    /** Subscriptions of a connection. More: error {@code too-many}. */
    @WithDefault("64")
    int maxSubscriptions();

    /** Subscribe frames over a connection's life, because ids are used once. More: error {@code too-many}. */
    @WithDefault("4096")
    int maxIds();

    /** Octets of a client's frame. More: error {@code bad-frame}. */
    @WithDefault("16384")
    int maxFrameBytes();

    /** Names in one filter. More: error {@code too-many}. */
    @WithDefault("1000")
    int maxNames();

    /** Bad frames of a connection in a row. More: closed with 1008. */
    @WithDefault("20")
    int maxBadFrames();

    /** Octets handed to a connection and not yet taken by its socket, beyond which no update is made for it. */
    @WithDefault("524288")
    int maxPendingBytes();

    /** Answers (errors, pongs) not yet taken by the socket of a client that asks and does not read. More: 1008. */
    @WithDefault("64")
    int maxPendingAnswers();

    /** Windows that wait in mode {@code all} behind a write that does not progress. More: closed with 4413. */
    @WithDefault("1000")
    int queue();

    /** How long a write in mode {@code all} may take before {@link #queue} counts. */
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

    /** Records that such a recovery may have to read. More: full snapshot. */
    @WithDefault("1000000")
    int rereadRecords();

    /** Items that such a recovery may hold. More: full snapshot. */
    @WithDefault("50000")
    int rereadItems();

    /** How long such a recovery may take. Longer: full snapshot. */
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

    /** A client that reads and from which nothing came for so long is closed with 4408. */
    @WithDefault("PT60S")
    Duration pongTimeout();

    /** From a client's first octet of a frame to its last (1008). */
    @WithDefault("PT10S")
    Duration messageTimeout();

    /**
     * Octets of the kernel's send buffer for a live socket. Small, so that a browser that does not read is noticed by
     * its writes soon and its updates are conflated here instead of growing old in the kernel.
     */
    @WithDefault("131072")
    int sendBuffer();

    /** How long a client may take to answer a close frame, and a stopping instance waits for its Kafka readers. */
    @WithDefault("PT3S")
    Duration closeTimeout();
}
