package io.sluice.rollup;

import java.time.Duration;

/**
 * Where interim values go: beside the transactions, so that they wait for no commit. What they show may be taken back by a
 * crash, and is shown again when the readings have been read again; final values are never theirs.
 */
interface Interims {
    /** How long a change waits, together with those that follow it. */
    Duration interval();

    /** How long after a commit a task may take its partition for its own. */
    Duration trust();

    /**
     * Sends a value, or lets it go where the broker does not take it at once: the next one has all that this one had.
     *
     * @param arrived of the newest reading, ms since 1970
     * @param now wall clock, ms
     */
    void send(RollupKey key, RollupItem item, long arrived, long now);

    /** Waits until nothing is on its way any more. Whatever is sent by others afterwards comes after all of it. */
    void settle();
}
