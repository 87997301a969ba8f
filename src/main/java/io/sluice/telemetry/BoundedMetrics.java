package io.sluice.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of one device, at most so many; further ones are refused (code {@code too-many-metrics}).
 *
 * <p>Thread-safe, because a device may post over HTTP beside its connection.
 */
public final class BoundedMetrics implements Rules.KnownMetrics {
    /** Device protocol section 3. */
    public static final int DEFAULT_MAX = 500;

    private final int max;
    // Small from the start: most devices have a handful of metrics, and there is one of these per device.
    private final Set<String> known = ConcurrentHashMap.newKeySet(8);

    public BoundedMetrics(int max) {
        this.max = max;
    }

    @Override
    public boolean admit(String metric) {
        return known.contains(metric) || admitNew(metric);
    }

    public int size() {
        return known.size();
    }

    private synchronized boolean admitNew(String metric) {
        if (known.size() < max) {
            known.add(metric);
            return true;
        }
        return known.contains(metric);
    }
}
