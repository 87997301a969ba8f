package io.sluice.rollup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of window, aligned to 1970: starts are multiples of its length, before 1970 too.
 *
 * @param name as configured, such as {@code 10s}
 * @param length ms, 1 or more
 */
public record Window(String name, long length) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

    private static final long SHORTEST_WITH_QUANTILES = 10_000;

    /** Nobody sees a minute move more often, and each interim value costs a record. */
    private static final int INTERIM_VALUES = 20;

    public Window {
        if (length < 1) {
            throw new IllegalArgumentException("a window of " + length + " ms");
        }
    }

    /** @throws IllegalArgumentException unless it is a whole number and {@code s}, {@code m} or {@code h} */
    public static Window parse(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            throw new IllegalArgumentException("a window is written like 1s, 10s, 1m or 1h, not " + name);
        }
        long unit = switch (form.group(2)) {
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            default -> 3_600_000L;
        };
        return new Window(name, Long.parseLong(form.group(1)) * unit);
    }

    /**
     * Of that length, named by the greatest unit of which it is a whole number.
     *
     * @param length ms, a whole number of seconds
     */
    public static Window of(long length) {
        if (length % 1_000 != 0) {
            throw new IllegalArgumentException("a window of " + length + " ms");
        }
        if (length % 3_600_000 == 0) {
            return new Window(length / 3_600_000 + "h", length);
        }
        return length % 60_000 == 0
                ? new Window(length / 60_000 + "m", length)
                : new Window(length / 1_000 + "s", length);
    }

    /** Whether its rollups have quantiles (operator protocol section 1). */
    boolean hasQuantiles() {
        return length >= SHORTEST_WITH_QUANTILES;
    }

    /** Least time between two interim values of one window, ms. */
    long interimGap() {
        return length / INTERIM_VALUES;
    }

    Aggregate newAggregate() {
        return hasQuantiles() ? Aggregate.withQuantiles() : new Aggregate();
    }

    /** @param time ms since 1970 */
    public long startOf(long time) {
        return Math.floorDiv(time, length) * length;
    }

    /** Exclusive. */
    public long endOf(long start) {
        return start + length;
    }
}
