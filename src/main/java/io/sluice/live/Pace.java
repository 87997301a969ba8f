package io.sluice.live;

/**
 * When a subscription is looked at: after a frame not before its {@code maxHz} lets it have the next one, and where there
 * was nothing to say five times as often, so that news do not wait for a whole period. These moments stand on a grid of their
 * own for each rate, so that equal subscriptions are often due together and share their pages.
 *
 * <p>Not thread-safe.
 */
final class Pace {
    private static final int LOOKS = 5;

    private final long step;
    private final long period;
    private long due = Long.MIN_VALUE;

    /** @param hz frames a second at most, on the average */
    Pace(int hz) {
        step = (1_000 + LOOKS * hz - 1) / (LOOKS * hz);
        period = LOOKS * step;
    }

    /** @param now ms since 1970 */
    boolean isDue(long now) {
        return now >= due;
    }

    void sent(long now) {
        // From when it was due, not from the beat that found it so; else every period would grow by half a beat. The
        // parts
        // of a snapshot are sent before they are due.
        due = onGrid(Math.max(Math.min(due, now), now - Pulse.BEAT_MILLIS) + period);
    }

    void nothing(long now) {
        due = onGrid(now + 1);
    }

    private long onGrid(long time) {
        return (time + step - 1) / step * step;
    }
}
