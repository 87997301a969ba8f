package io.sluice.registry;

import java.util.Optional;

/**
 * How many messages of a device had a number that was counted before (device protocol section 4). A port that another room
 * fills; where no bean does, answers leave it out.
 */
public interface RepeatedMessages {
    /** Empty while it is not known here. Never waits. */
    Optional<Count> of(String device);

    /**
     * @param fromOne how many of them had the number 1
     * @param lastMs arrival of the newest, ms since 1970; 0 for none
     */
    record Count(long messages, long fromOne, long lastMs) {}
}
