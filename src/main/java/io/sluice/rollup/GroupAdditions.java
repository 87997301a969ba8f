package io.sluice.rollup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the devices of one task added to their groups' windows since the last commit. Gathered over the devices, so that
 * a commit sends one delta for each window of a group, however many devices are in it; and bounded by what arrives
 * between two commits.
 *
 * <p>Not thread-safe; what it holds at a crash was never committed, nor were the readings.
 */
final class GroupAdditions {
    private final Map<RollupKey, Addition> since = new LinkedHashMap<>();

    /** @param group to which the readings of a message belong, by its header; null if to none */
    Additions to(@Nullable String group) {
        if (group == null) {
            return Additions.NOBODY;
        }
        return (window, value, time, arrival, number, index) -> {
            Addition addition = since.computeIfAbsent(
                    window.key(RollupKey.Kind.GROUP, group),
                    key -> new Addition(window.window.newAggregate(), window.arrived));
            addition.aggregate.add(value, time, arrival, number, index);
            addition.arrived = Math.max(addition.arrived, window.arrived);
        };
    }

    boolean isEmpty() {
        return since.isEmpty();
    }

    void drain(BiConsumer<RollupKey, Addition> to) {
        since.forEach(to);
        since.clear();
    }
}
