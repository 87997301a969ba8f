package io.sluice.rollup;

/**
 * How far one device's time has come, as the log alone tells it: the greatest event time of its readings, and the
 * greatest arrival time of its messages (of repeated ones too). Neither ever goes back, so what is closed by them stays
 * closed. Another device's clock, right or wrong, has no part in it, nor has the moment of processing.
 */
final class DeviceClock {
    private long event;
    private long arrival;

    DeviceClock() {
        this(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    DeviceClock(long event, long arrival) {
        this.event = event;
        this.arrival = arrival;
    }

    /** The greatest event time in ms; the least long before the first reading. */
    long event() {
        return event;
    }

    /** The greatest arrival time in ms; the least long before the first message. */
    long arrival() {
        return arrival;
    }

    void arrive(long time) {
        arrival = Math.max(arrival, time);
    }

    void advance(long time) {
        event = Math.max(event, time);
    }

    /** Whether the device's own time has passed a window with this end. */
    boolean hasPassed(long end, long grace) {
        return event >= end + grace;
    }

    /** Whether arrival time has passed both the window's end and its last addition. */
    boolean hasClosed(OpenWindow window, long grace) {
        return arrival >= window.deadline(grace);
    }
}
