package io.sluice.history;

import io.sluice.rollup.Window;

/**
 * How stored windows become those of an answer: so many of them each, beginning where the question's range does.
 *
 * <p>They begin there, and not at multiples of their length, so that none holds less than its length because the question
 * cut it; only the last may, at the end of the range. Who wants the same windows every time asks for ranges that begin
 * at a multiple.
 *
 * @param window of the answer
 * @param origin start of the first one, ms since 1970
 */
record Resolution(Window window, long origin) {
    /** The stored windows themselves. */
    static Resolution asStored(Window stored) {
        return new Resolution(stored, 0);
    }

    /**
     * The finest with at most so many windows a series.
     *
     * @param from inclusive, {@code to} exclusive, ms since 1970
     * @param points 1 or more
     */
    static Resolution of(Window stored, long from, long to, int points) {
        long origin = ceilDiv(from, stored.length()) * stored.length();
        long windows = Math.max(1, ceilDiv(to - origin, stored.length()));
        return new Resolution(Window.of(stored.length() * ceilDiv(windows, points)), origin);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }

    long startOf(long time) {
        return origin + Math.floorDiv(time - origin, window.length()) * window.length();
    }

    long endOf(long start) {
        return start + window.length();
    }
}
