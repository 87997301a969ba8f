package io.sluice.live;

/** Reads a topic again from a position on. */
@FunctionalInterface
interface Rereader {
    /** For boards that are all there is. */
    Rereader NONE = (since, filter) -> Reread.givenUp();

    /**
     * Begins at once and elsewhere; never blocks. What it finds is at least all that a board has that was asked for its
     * version before this call.
     */
    Reread begin(Position since, Filter filter);
}
