package io.sluice.registry;

import io.smallrye.mutiny.Uni;

/**
 * What is stored of devices beyond their registration. A port: every bean of this type is asked to purge, perhaps more than
 * once of the same device; where there is none, nothing is stored.
 */
public interface DeviceHistory {
    /** Removes all of a device that is deleted. A failure fails the REST call, which may be made again. */
    Uni<Void> purge(String device);
}
