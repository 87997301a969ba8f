package io.sluice.rollup;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How readings become rollups. Durations are written like {@code 10s} or {@code PT10S}. */
@ConfigMapping(prefix = "sluice.rollup")
public interface RollupConfig {
    /** Lengths of window: whole numbers of {@code s}, {@code m} or {@code h}. */
    @WithDefault("1s,10s,1m")
    List<String> windows();

    /** Lengths, of those of {@code sluice.rollup.windows}, whose final values go to the history. */
    @WithDefault("1m")
    List<String> historyWindows();

    /** How long a window stays open after its end, in the device's own time and in arrival time. */
    @WithDefault("10s")
    Duration grace();

    /**
     * How long a change waits to be shown as an interim value, together with those that follow it. A window is shown
     * twenty times in its length at most. Longer costs delay, shorter costs work.
     */
    @WithDefault("100ms")
    Duration emitInterval();

    /**
     * How often what changed is written to the state, given to groups and, if final, sent. What groups show is later by
     * that. Longer costs delay, shorter costs work.
     */
    @WithDefault("200ms")
    Duration commitInterval();

    /**
     * How often the broker is asked how far {@code readings} reaches. Without an answer the wall clock makes nothing
     * final.
     */
    @WithDefault("1s")
    Duration endInterval();

    /**
     * Folder of the state on disk. It may be lost: it is then read again from Kafka. Processes may share it; each takes
     * a numbered folder in it.
     */
    @WithDefault("sluice-data/rollup")
    Path stateDir();

    /** Threads of this process; partitions are spread over them. */
    @WithDefault("1")
    int threads();

    /** Consumer group, and prefix of the internal topics and of the transactions. */
    @WithDefault("sluice-rollup")
    String applicationId();

    /**
     * Replicas of the internal topics; -1 is the broker's default. Where {@code sluice.kafka.replication} is set, that
     * is taken.
     */
    @WithDefault("-1")
    short replication();

    /**
     * Windows of one device kept at a time. More: the readings that need them are stored but not rolled up, and counted
     * as overflowed.
     */
    @WithDefault("10000")
    int maxOpenWindows();

    /**
     * How long a group's window is kept after its end, on disk, while there is room, so that what comes late corrects
     * it. As long as {@code sluice.ingest.past-tolerance}: nothing older comes.
     */
    @WithDefault("7d")
    Duration groupReach();

    /**
     * Windows of groups kept per partition, on disk. Full: the oldest of the group that has more than its share go, else a
     * sixteenth of the length that has most.
     */
    @WithDefault("250000")
    int maxGroupWindows();

    /**
     * Windows of groups that are not final, per partition, on the heap: 0.5 KiB each, and up to 6 KiB more where a
     * window of 10 s or more has values far apart (512 bins of a sketch). Full: those added to longest ago become final
     * early, and are corrected when more comes.
     */
    @WithDefault("50000")
    int maxOpenGroupWindows();

    /**
     * Devices kept on the heap per partition although nothing of theirs is open. More: read from disk when they come
     * back.
     */
    @WithDefault("10000")
    int maxIdleDevices();

    /** Characters kept of a text metric's last value. */
    @WithDefault("1000")
    int maxTextLength();

    /**
     * Octets outside the heap for the state on disk, of all partitions of this process together: caches, indexes and write
     * buffers. Suffixes {@code K}, {@code M}, {@code G}.
     */
    @WithDefault("128M")
    MemorySize diskMemory();

    /**
     * Time without a sign of life after which another process takes over this one's partitions. At least 6 s, the
     * broker's own minimum.
     */
    @WithDefault("10s")
    Duration sessionTimeout();

    /** How long a stop waits for what is in flight. Nothing is lost when it gives up. */
    @WithDefault("5s")
    Duration closeTimeout();

    /** Threads replaced after unexpected failures within ten minutes. More: the rollups stop and liveness goes down. */
    @WithDefault("5")
    int maxThreadReplacements();
}
