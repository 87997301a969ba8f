package io.sluice.bench;

/**
 * When a device sends: whenever there is room in its window (a closed loop), or at moments that are fixed beforehand (an open
 * loop). A moment that finds the window full is not left out: what was due then is sent as soon as there is room, and its
 * delay counts from that moment, so that a server that stalls cannot hide it.
 */
final class Pace {
    private final long periodNanos;
    private final long phaseNanos;
    private long dueNanos;

    private Pace(long periodNanos, long phaseNanos) {
        this.periodNanos = periodNanos;
        this.phaseNanos = phaseNanos;
    }

    static Pace closedLoop() {
        return new Pace(0, 0);
    }

    /** @param phaseNanos from the begin to the first message */
    static Pace openLoop(long periodNanos, long phaseNanos) {
        return new Pace(periodNanos, phaseNanos);
    }

    boolean isOpenLoop() {
        return periodNanos > 0;
    }

    void begin(long nowNanos) {
        dueNanos = nowNanos + phaseNanos;
    }

    boolean isDue(long nowNanos) {
        return periodNanos == 0 || nowNanos - dueNanos >= 0;
    }

    /** @return when the message that is sent now was due */
    long next(long nowNanos) {
        long due = periodNanos == 0 ? nowNanos : dueNanos;
        dueNanos += periodNanos;
        return due;
    }
}
