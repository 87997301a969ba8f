package io.sluice.live;

import org.jspecify.annotations.Nullable;

/**
 * One reading of what an instance no longer has in memory. Made ready by its reader's thread, asked for by the pulse's.
 *
 * <p>Transitions: reading; over, with what was missed, or without it where a bound was reached or something was no
 * longer there.
 */
final class Reread {
    private volatile boolean over;
    private volatile boolean abandoned;
    private @Nullable Board missed;

    /** One for which there was no room. */
    static Reread givenUp() {
        Reread none = new Reread();
        none.end(null);
        return none;
    }

    /** @param found what was missed, and up to where; null to give up */
    void end(@Nullable Board found) {
        missed = found;
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Once it is over: all that came after the position, of each key the newest; null where that is not known. */
    @Nullable
    Board missed() {
        return over ? missed : null;
    }

    /** Nobody waits for it any more. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
