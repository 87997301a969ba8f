package io.sluice.rollup;

/** Tells how far both stages have come together. Thread-safe. */
@FunctionalInterface
interface GroupTime {
    long UNKNOWN = Long.MIN_VALUE;

    /**
     * A wall clock time in ms: every reading on the topic by then has been committed by the device stage, and what it
     * added by the group stage, in all partitions. {@link #UNKNOWN} where nobody knows yet.
     */
    long settledUntil();
}
