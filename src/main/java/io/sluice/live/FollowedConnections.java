package io.sluice.live;

import io.sluice.registry.ConnectedDevices;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells the registry's answers who is connected and was, from the topic that this room follows anyway. */
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

    @Override
    public List<Connection> newest(String device) {
        return live.connectionsOf(device).stream()
                .map(past -> past.end() == null
                        ? new Connection(past.sinceMs(), null, null)
                        : new Connection(
                                past.sinceMs(), past.end().atMs(), past.end().closeCode()))
                .toList();
    }
}
