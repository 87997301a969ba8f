package io.sluice.ingest;

import io.sluice.protocol.CloseCode;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The device connections of this process; at most one a device, the newest. Thread-safe. */
@Singleton
class Connections {
    private final ConcurrentMap<String, DeviceConnection> byDevice = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();

    /** Counts a handshake in; null where there is no room. Its place is {@link Place#end ended} once. */
    @Nullable
    Place admit(int max) {
        while (true) {
            int now = admitted.get();
            if (now >= max) {
                return null;
            }
            if (admitted.compareAndSet(now, now + 1)) {
                return new Place(admitted::decrementAndGet);
            }
        }
    }

    /** Those admitted and not left: also handshakes under way, and closed ones whose peer has not gone yet. */
    int admitted() {
        return admitted.get();
    }

    /**
     * Newest wins: an older connection of the device is closed. What is newest here is told by the handshakes: a connection
     * whose device has left it already may be opened later than the one that the device opened next, on another event loop.
     *
     * @param announcement made while no other connection of the device can come between, so that the announcements' order
     *     is the order here; it must not block; not made where a newer one is open
     * @return false where a newer one is open
     */
    boolean opened(DeviceConnection connection, Runnable announcement) {
        DeviceConnection newest = byDevice.compute(connection.device(), (device, other) -> {
            if (other != null && other.link().isNewerThan(connection.link())) {
                return other;
            }
            announcement.run();
            if (other != null) {
                other.close(CloseCode.TAKEN_OVER);
            }
            return connection;
        });
        return newest == connection;
    }

    void closed(DeviceConnection connection) {
        byDevice.remove(connection.device(), connection);
    }

    @Nullable
    DeviceConnection find(String device) {
        return byDevice.get(device);
    }

    /**
     * As {@link #find}, after one that is being opened: its announcement goes out a moment before it can be found, and
     * whoever reads the announcement must find it.
     */
    @Nullable
    DeviceConnection findOpened(String device) {
        // Not computeIfPresent, which does not wait where the device had no connection before.
        return byDevice.compute(device, (key, connection) -> connection);
    }

    Collection<DeviceConnection> all() {
        return byDevice.values();
    }

    int size() {
        return byDevice.size();
    }
}
