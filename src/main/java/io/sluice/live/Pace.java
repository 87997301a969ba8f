package io.sluice.live;

/**
 * When a subscription is looked at: after a frame not before its {@code maxHz} lets it have the next one, and where there
 * was nothing to say five times as often, so that news do not wait for a whole period.
 *
 * <p>Not thread-safe.
 */
final class Pace {
    private static final int LOOKS = 5;

    private final long period;
    private long due = Long.MIN_VALUE;

    /** @param hz frames a second at most, on the average */
    Pace(int hz) {
        period = 1_000 / hz;
    }

    /** @param now ms since 1970 */
    boolean isDue(long now) {
        return now >= due;
    }

    void sent(long now) {
        // From when it was due, not from the beat that found it so; else every period would grow by half a beat.
        due = Math.max(due, now - Pulse.BEAT_MILLIS) + period;
    }

    void nothing(long now) {
        due = now + period / LOOKS;
    }
}
