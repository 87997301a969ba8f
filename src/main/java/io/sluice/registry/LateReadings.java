package io.sluice.registry;

import java.util.Optional;

/**
 * How many readings of a device came too late for a window that they belong to. A port that another room fills; where no
 * bean does, answers leave it out.
 */
public interface LateReadings {
    /** Empty while it is not known here. Never waits. */
    Optional<Count> of(String device);

    /** @param lastMs arrival of the newest, ms since 1970; 0 for none */
    record Count(long readings, long lastMs) {}
}
