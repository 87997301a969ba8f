package io.sluice.rollup;

import java.util.concurrent.atomic.LongAdder;

/** What is counted for the metrics, over all tasks of this process. Thread-safe. */
final class RollupCounters {
    /** Readings that went into at least one window. */
    final LongAdder readings = new LongAdder();

    /** Messages whose number had been seen in their epoch. */
    final LongAdder duplicates = new LongAdder();

    /** Readings for which at least one window had closed. */
    final LongAdder late = new LongAdder();

    /** Readings of a kind that is not rolled up (data, sum only). */
    final LongAdder skipped = new LongAdder();

    /** Readings that found a device's windows full. */
    final LongAdder overflowed = new LongAdder();

    /** Windows that were announced final and proved open by the log afterwards. */
    final LongAdder corrected = new LongAdder();

    /** Readings for a group's window that is no longer kept; once for each window. */
    final LongAdder groupLate = new LongAdder();

    /** Windows of groups that were added to after their final value had gone out. */
    final LongAdder groupCorrected = new LongAdder();

    /** Windows of groups whose final value went out early, because too many were open. */
    final LongAdder groupHurried = new LongAdder();

    /** Interim values that the broker did not take at once. */
    final LongAdder interimsLost = new LongAdder();

    /** Records on the topics that nobody can read. */
    final LongAdder undecodable = new LongAdder();
}
