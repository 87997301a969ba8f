package io.sluice.registry;

import java.util.Optional;

/**
 * What is counted of a device where its readings are rolled up. A port that another room fills; where no bean does, answers
 * leave it out. What is not known here yet is empty; nothing waits.
 */
public interface DeviceCounts {
    /** Messages that had a number which was counted before (device protocol section 4). */
    Optional<Repeats> repeats(String device);

    /** Readings that came too late for a window that they belong to. */
    Optional<Late> late(String device);

    /**
     * @param fromOne how many of them had the number 1
     * @param lastMs arrival of the newest, ms since 1970; 0 for none
     */
    record Repeats(long messages, long fromOne, long lastMs) {}

    /** @param lastMs arrival of the newest, ms since 1970; 0 for none */
    record Late(long readings, long lastMs) {}
}
