package io.sluice.live;

import io.sluice.registry.ConnectedDevices;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    public @Nullable List<Connection> newest(String device) {
        List<ConnectionHistory.Past> known = live.connectionsOf(device);
        if (known == null) {
            return null;
        }
        return known.stream()
                .map(past -> past.end() == null
                        ? new Connection(past.sinceMs(), null, null)
                        : new Connection(
                                past.sinceMs(), past.end().atMs(), past.end().closeCode()))
                .toList();
    }
}
