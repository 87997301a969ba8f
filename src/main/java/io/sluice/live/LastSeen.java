package io.sluice.live;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When something of a device arrived last, as its rollups tell. Bounded; full: the device first seen longest ago is
 * forgotten. Thread-safe.
 */
final class LastSeen {
    private final Map<String, Long> arrivals;

    LastSeen(int maxDevices) {
        arrivals = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > maxDevices;
            }
        };
    }

    /** @param arrived ms since 1970 */
    synchronized void saw(String device, long arrived) {
        arrivals.merge(device, arrived, Math::max);
    }

    /** Ms since 1970; at least {@code since}. */
    synchronized long of(String device, long since) {
        Long arrived = arrivals.get(device);
        return arrived == null ? since : Math.max(arrived, since);
    }
}
