package io.sluice.sim.fleet;

import io.sluice.sim.firmware.Message;

/** What one device produces, message by message. Times are ms since the fleet's start. */
public interface Source {

    boolean hasNext();

    /** When the next message is due. */
    long dueMs();

    /**
     * The next message.
     *
     * @param nowMs at or after {@link #dueMs}; later where the device had to wait for room in its buffer
     * @param wallMs the device's clock now, ms since 1970
     */
    Message next(long nowMs, long wallMs);

    /** How many messages are still to come; 0 for a source without an end. */
    long remaining();

    /** How many messages were never made because the buffer was full or the simulator too busy. */
    long skipped();
}
