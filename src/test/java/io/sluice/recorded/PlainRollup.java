package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupKey;
import java.util.List;

/**
 * Count, minimum, maximum, mean, deviation, last and quantiles of numbers, as one writes them down from their definitions:
 * two passes over all of them, and one over them in ascending order.
 */
record PlainRollup(
        long count,
        double min,
        double max,
        double mean,
        double stddev,
        double last,
        double p50,
        double p95,
        double p99) {
    /** Mean and deviation may differ by the order of adding up (operator protocol section 1). */
    private static final double ROUNDING = 1e-9;

    private static final double QUANTILE_ERROR = 0.01;

    /** @param numbers in the order of (event time, arrival, number, index) */
    static PlainRollup of(List<Double> numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        double mean = sum / numbers.size();
        double squares = 0;
        for (double number : numbers) {
            squares += (number - mean) * (number - mean);
        }
        List<Double> ascending = numbers.stream().sorted().toList();
        return new PlainRollup(
                numbers.size(),
                ascending.get(0),
                ascending.get(ascending.size() - 1),
                mean,
                Math.sqrt(squares / numbers.size()),
                numbers.get(numbers.size() - 1),
                quantile(ascending, 0.5),
                quantile(ascending, 0.95),
                quantile(ascending, 0.99));
    }

    private static double quantile(List<Double> ascending, double share) {
        return ascending.get((int) (share * (ascending.size() - 1)));
    }

    void assertIs(RollupKey key, RollupItem item) {
        assertThat(item.count()).as("count of %s", key).isEqualTo(count);
        assertThat(item.min()).as("min of %s", key).isEqualTo(min);
        assertThat(item.max()).as("max of %s", key).isEqualTo(max);
        assertThat(item.last()).as("last of %s", key).isEqualTo(last);
        // Of equal numbers even the plain mean may be off by its last bits, and the deviation is then these.
        double lastBits = 8 * Math.ulp(Math.max(Math.abs(min), Math.abs(max)));
        assertThat(item.mean()).as("mean of %s", key).isCloseTo(mean, within(ROUNDING * Math.abs(mean) + lastBits));
        assertThat(item.stddev()).as("stddev of %s", key).isCloseTo(stddev, within(ROUNDING * stddev + lastBits));
        if (item.window().equals("1s")) {
            assertThat(item.p50()).as("p50 of %s", key).isNaN();
        } else {
            assertQuantile(key, "p50", item.p50(), p50);
            assertQuantile(key, "p95", item.p95(), p95);
            assertQuantile(key, "p99", item.p99(), p99);
        }
    }

    private static void assertQuantile(RollupKey key, String name, double seen, double exact) {
        assertThat(seen).as("%s of %s", name, key).isCloseTo(exact, within(QUANTILE_ERROR * Math.abs(exact)));
    }
}
