package io.sluice.live;

import io.sluice.registry.DirectoryListener;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the live room which devices were deleted, on whatever instance. */
@ApplicationScoped
class DeletedDevices implements DirectoryListener {
    private final LiveStream live;

    DeletedDevices(LiveStream live) {
        this.live = live;
    }

    @Override
    public void deviceAdded(String device) {
        live.returned(device);
    }

    @Override
    public void deviceRemoved(String device) {
        live.left(device);
    }
}
