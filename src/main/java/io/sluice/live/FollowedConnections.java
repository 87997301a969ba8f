package io.sluice.live;

import io.sluice.registry.ConnectedDevices;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the device list who is connected, from the topic that this room follows anyway. */
@ApplicationScoped
class FollowedConnections implements ConnectedDevices {
    private final LiveStream live;

    FollowedConnections(LiveStream live) {
        this.live = live;
    }

    @Override
    public boolean isConnected(String device) {
        return live.isConnected(device);
    }
}
