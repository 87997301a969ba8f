package io.sluice.sim.firmware;

/** The time as a device sees it. Port; tasks run on the device's one thread. */
public interface Timekeeper {
    /** Monotonic; only differences mean something. */
    long nanos();

    /** Wall clock, ms since 1970. */
    long wallMillis();

    /** @param millis at least 1 is waited */
    Timer after(long millis, Runnable task);

    /** A task to come. */
    interface Timer {
        /** Harmless when it has run. */
        void cancel();
    }
}
