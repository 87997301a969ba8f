package io.sluice.ingest;

/** Time as a session sees it, on its event loop. */
interface Timers {
    /** {@link System#nanoTime()}. */
    long nanos();

    /** Wall clock, ms since 1970. */
    long millis();

    /** Runs once on the event loop. There is no cancelling: the task finds out whether it is still wanted. */
    void after(long millis, Runnable task);

    /** Calls {@link Session#sendDueAck} within the acknowledgement interval; one timer serves all sessions of the loop. */
    void ackDue(Session session);
}
