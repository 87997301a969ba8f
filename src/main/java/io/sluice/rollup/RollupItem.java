package io.sluice.rollup;

import org.jspecify.annotations.Nullable;

/**
 * One window of one metric, as browsers, polls and the history see it (operator protocol section 1).
 *
 * @param device null for a group's item
 * @param group null for a device's item
 * @param unit null where readings had none; part of the key
 * @param window its configured name, such as {@code 10s}
 * @param start ms since 1970
 * @param last a number, or the text of a string metric in {@code lastText}
 * @param p50 NaN, like {@code p95} and {@code p99}, where the window has no sketch
 * @param isFinal whether nothing can be added any more
 */
public record RollupItem(
        @Nullable String device,
        @Nullable String group,
        String metric,
        @Nullable String unit,
        String window,
        long start,
        long count,
        double min,
        double max,
        double mean,
        double stddev,
        double last,
        @Nullable String lastText,
        double p50,
        double p95,
        double p99,
        boolean isFinal) {
    /** Header of the record that carries one: arrival of its newest reading, ms since 1970 in decimal. */
    public static final String ARRIVED = "arrived";
}
