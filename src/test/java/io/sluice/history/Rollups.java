package io.sluice.history;

import io.sluice.rollup.RollupItem;

/** Final rollups of a minute. */
final class Rollups {
    static final long MINUTE = 60_000;

    private Rollups() {}

    static RollupItem of(String device, String metric, long start, long count, double mean) {
        return numbers(device, null, metric, start, count, mean, true);
    }

    static RollupItem ofGroup(String group, String metric, long start, long count, double mean) {
        return numbers(null, group, metric, start, count, mean, true);
    }

    static RollupItem interim(String device, String metric, long start) {
        return numbers(device, null, metric, start, 1, 1, false);
    }

    private static RollupItem numbers(
            String device, String group, String metric, long start, long count, double mean, boolean isFinal) {
        return new RollupItem(
                device,
                group,
                metric,
                "Cel",
                "1m",
                start,
                count,
                mean - 1,
                mean + 1,
                mean,
                0.5,
                mean,
                null,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                isFinal);
    }

    static RollupItem text(String device, String metric, long start, long count, String last) {
        return new RollupItem(
                device,
                null,
                metric,
                null,
                "1m",
                start,
                count,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                last,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                true);
    }
}
