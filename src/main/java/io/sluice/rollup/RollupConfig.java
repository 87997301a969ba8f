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

    /** Those of them whose final values go to the history. */
    @WithDefault("1m")
    List<String> historyWindows();

    /** How long a window stays open after its end, in the device's own time and in arrival time. */
    @WithDefault("10s")
    Duration grace();

    /** How often what changed is written and shown: the commit interval. Longer costs delay, shorter costs work. */
    @WithDefault("100ms")
    Duration emitInterval();

    /** How often the broker is asked how far the readings reach, without which the wall clock makes nothing final. */
    @WithDefault("1s")
    Duration endInterval();

    /**
     * Where the state is kept on disk. It may be lost: it is then read again from Kafka. Several processes may share it,
     * each takes a folder of its own in it.
     */
    @WithDefault("sluice-data/rollup")
    Path stateDir();

    /** Threads of this process; partitions are spread over them. */
    @WithDefault("1")
    int threads();

    /** Name of the consumer group, and the prefix of the internal topics and of the transactions. */
    @WithDefault("sluice-rollup")
    String applicationId();

    /** Replication of the internal topics; -1 is the broker's default. */
    @WithDefault("-1")
    short replication();

    /** Windows of one device kept at a time. Readings that need more are stored, but not rolled up, and counted. */
    @WithDefault("10000")
    int maxOpenWindows();

    /** How long a group's window is kept after its end, so that what comes late still corrects it. */
    @WithDefault("7d")
    Duration groupReach();

    /** Groups' windows kept per partition, on disk. More: the oldest go, of the group that has more than its share. */
    @WithDefault("250000")
    int maxGroupWindows();

    /** Groups' windows that are not final, per partition, on the heap. More: those added to longest ago become final early. */
    @WithDefault("50000")
    int maxOpenGroupWindows();

    /** Idle devices kept on the heap per partition; a device that comes back is read from disk. */
    @WithDefault("10000")
    int maxIdleDevices();

    /** Characters kept of a text metric's last value. */
    @WithDefault("1000")
    int maxTextLength();

    /**
     * Memory outside the heap that the state on disk takes, of all partitions of this process together: caches, indexes and
     * write buffers.
     */
    @WithDefault("128M")
    MemorySize diskMemory();

    /** After so long without a sign of life another process takes over the partitions of this one. At least 6 s. */
    @WithDefault("10s")
    Duration sessionTimeout();

    /** How long a stop waits for what is in flight; nothing is lost when it gives up. */
    @WithDefault("5s")
    Duration closeTimeout();

    /** Threads replaced after an unexpected failure within ten minutes before the rollups stop and liveness says so. */
    @WithDefault("5")
    int maxThreadReplacements();
}
