package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The windows of one length that readings belong to, by definition. */
record PlainWindows(Map<RollupKey, PlainRollup> rollups) {
    /**
     * One number, and what puts it in its place among others: of two that tie in all else the greater one is the later.
     *
     * @param time the time that it bears, ms since 1970; {@code arrival} likewise
     * @param seq of its message, {@code index} in its message
     */
    record Reading(String device, String metric, long time, long arrival, long seq, int index, double value) {
        private static final Comparator<Reading> ORDER = Comparator.comparingLong(Reading::time)
                .thenComparingLong(Reading::arrival)
                .thenComparingLong(Reading::seq)
                .thenComparingInt(Reading::index)
                .thenComparingDouble(Reading::value);
    }

    static PlainWindows ofDevices(List<Reading> readings, String window, Duration length) {
        return of(
                readings,
                length,
                (reading, start) ->
                        new RollupKey(RollupKey.Kind.DEVICE, reading.device(), reading.metric(), null, window, start));
    }

    /** All devices are in that group. */
    static PlainWindows ofGroup(String group, List<Reading> readings, String window, Duration length) {
        return of(
                readings,
                length,
                (reading, start) -> new RollupKey(RollupKey.Kind.GROUP, group, reading.metric(), null, window, start));
    }

    private interface Place {
        RollupKey of(Reading reading, long start);
    }

    private static PlainWindows of(List<Reading> readings, Duration length, Place place) {
        Map<RollupKey, List<Reading>> windows = new HashMap<>();
        for (Reading reading : readings) {
            long start = Math.floorDiv(reading.time(), length.toMillis()) * length.toMillis();
            windows.computeIfAbsent(place.of(reading, start), key -> new ArrayList<>())
                    .add(reading);
        }
        Map<RollupKey, PlainRollup> rollups = new HashMap<>();
        windows.forEach((key, all) -> rollups.put(
                key,
                PlainRollup.of(
                        all.stream().sorted(Reading.ORDER).map(Reading::value).toList())));
        return new PlainWindows(rollups);
    }

    PlainWindows and(PlainWindows others) {
        Map<RollupKey, PlainRollup> all = new HashMap<>(rollups);
        all.putAll(others.rollups);
        return new PlainWindows(all);
    }

    /** Every window that has a reading, none more, each final and with its numbers. */
    void assertAre(Map<RollupKey, RollupItem> seen) {
        assertThat(seen.keySet().equals(rollups.keySet()))
                .as("missing %s, too many %s", without(rollups, seen), without(seen, rollups))
                .isTrue();
        rollups.forEach((key, plain) -> {
            RollupItem item = seen.get(key);
            assertThat(item.isFinal()).as("final: %s", key).isTrue();
            plain.assertIs(key, item);
        });
    }

    /** Some of them, for a message. */
    private static Set<RollupKey> without(Map<RollupKey, ?> one, Map<RollupKey, ?> other) {
        Set<RollupKey> left = new HashSet<>(one.keySet());
        left.removeAll(other.keySet());
        return left.size() > 5 ? new HashSet<>(new ArrayList<>(left).subList(0, 5)) : left;
    }
}
