package io.sluice.sim.firmware;

import java.util.Random;

/**
 * Full-jitter exponential back-off (device protocol section 5): each wait is drawn evenly from nothing to a ceiling that
 * doubles from 1 s to 60 s. After a refused credential the ceiling doubles from 1 min to 60 min and no wait is shorter
 * than a minute, because asking again at once can only be refused again.
 */
final class BackOff {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final Random random;
    private int failures;
    private int refusals;

    BackOff(Random random) {
        this.random = random;
    }

    /** @return ms to wait before the next attempt */
    long afterFailure() {
        return drawn(ceiling(SECOND, failures++, MINUTE));
    }

    /** After 401 or 403. */
    long afterRefusal() {
        return Math.min(HOUR, MINUTE + drawn(ceiling(MINUTE, refusals++, HOUR)));
    }

    void reset() {
        failures = 0;
        refusals = 0;
    }

    private long drawn(long ceiling) {
        return 1 + (long) (random.nextDouble() * ceiling);
    }

    private static long ceiling(long first, int times, long greatest) {
        return Math.min(greatest, first << Math.min(times, 16));
    }
}
