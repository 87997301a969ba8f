package io.sluice.ingest;

import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What this process remembers of devices between their connections: of each that ever passed a handshake here and is still
 * in the registry, so their number is the directory's. Thread-safe.
 */
@Singleton
class DeviceMemories {
    private final ConcurrentMap<String, DeviceMemory> byDevice = new ConcurrentHashMap<>();
    private final int maxMetrics;

    DeviceMemories(IngestConfig config) {
        this.maxMetrics = config.maxMetrics();
    }

    DeviceMemory of(String device) {
        return byDevice.computeIfAbsent(device, key -> new DeviceMemory(maxMetrics));
    }

    /** The device has left the registry; one of the same name later is another one. */
    void forget(String device) {
        byDevice.remove(device);
    }

    int size() {
        return byDevice.size();
    }
}
