package io.sluice.ingest;

import io.sluice.telemetry.BoundedMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this process remembers of a device from one connection to the next. Thread-safe. */
final class DeviceMemory {
    private static final int EPOCHS = 8;

    private final BoundedMetrics metrics;
    private final TokenBucket bucket = new TokenBucket();
    private final Map<String, Long> highest = new LinkedHashMap<>(4, 0.75f, true);

    DeviceMemory(int maxMetrics) {
        this.metrics = new BoundedMetrics(maxMetrics);
    }

    BoundedMetrics metrics() {
        return metrics;
    }

    TokenBucket bucket() {
        return bucket;
    }

    /** The greatest number taken in this epoch so far, as far as is remembered; 0 for none. */
    synchronized long highest(String epoch) {
        return highest.getOrDefault(epoch, 0L);
    }

    synchronized void taken(String epoch, long seq) {
        highest.merge(epoch, seq, Math::max);
        if (highest.size() > EPOCHS) {
            highest.remove(highest.keySet().iterator().next());
        }
    }
}
