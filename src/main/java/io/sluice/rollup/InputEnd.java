package io.sluice.rollup;

import org.jspecify.annotations.Nullable;

/** Tells how far the input reaches. Thread-safe. */
@FunctionalInterface
interface InputEnd {
    /** The newest knowledge of that partition of the readings; null if there is none. */
    @Nullable
    Mark of(int partition);

    /**
     * What a broker answered. All that was appended before {@code askedAt} is below {@code end}: who has processed up to
     * there has seen everything that had arrived by then, however old the answer is by now. A broker that is away gives
     * no new marks, and so nothing becomes final meanwhile.
     *
     * @param askedAt wall clock in ms just before the question was sent
     * @param begin the first offset that retention has left
     * @param end the offset that the next record will get
     */
    record Mark(long askedAt, long begin, long end) {
        /** @param position offset of the next record to process; a new reader's 0 may lie before what is left */
        boolean isReachedBy(long position) {
            return Math.max(position, begin) >= end;
        }
    }
}
