package io.sluice.rollup;

/**
 * A reading's own time in whole microseconds. A double holds today's seconds to about a quarter of a microsecond, so this
 * is all that a SenML time carries; going to milliseconds directly would either push 0.9996 s into the next window
 * (rounding) or pull 0.123 s, which no double holds exactly, into the ms before (truncation).
 */
final class EventTime {
    private EventTime() {}

    /** @param seconds since 1970 */
    static long micros(double seconds) {
        return Math.round(seconds * 1e6);
    }

    /** The millisecond in which it falls. */
    static long millis(long micros) {
        return Math.floorDiv(micros, 1_000L);
    }
}
