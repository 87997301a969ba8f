package io.sluice.ingest;

import io.sluice.telemetry.BoundedMetrics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What this process remembers of a device from one connection to the next. Thread-safe. */
final class DeviceMemory {
    private static final int EPOCHS = 8;

    private final BoundedMetrics metrics;
    private final TokenBucket bucket = new TokenBucket();
    private final Map<String, Progress> progress = new LinkedHashMap<>(4, 0.75f, true);

    DeviceMemory(int maxMetrics) {
        this.metrics = new BoundedMetrics(maxMetrics);
    }

    /**
     * How far the numbers of an epoch have come. A connection keeps its own, because every message moves it; so it may be
     * forgotten behind others meanwhile, and comes back with the next message.
     */
    final class Progress {
        private final String epoch;
        private final AtomicLong highest = new AtomicLong();
        private volatile boolean forgotten;

        private Progress(String epoch) {
            this.epoch = epoch;
        }

        /** The greatest number taken so far, as far as is remembered; 0 for none. */
        long highest() {
            return highest.get();
        }

        void taken(long seq) {
            highest.accumulateAndGet(seq, Math::max);
            if (forgotten) {
                remember(this);
            }
        }
    }

    BoundedMetrics metrics() {
        return metrics;
    }

    TokenBucket bucket() {
        return bucket;
    }

    synchronized Progress progress(String epoch) {
        Progress known = progress.get(epoch);
        if (known == null) {
            known = new Progress(epoch);
            remember(known);
        }
        return known;
    }

    private synchronized void remember(Progress one) {
        one.forgotten = false;
        Progress other = progress.put(one.epoch, one);
        if (other != null && other != one) {
            // First: a number that comes to it after this is merged by itself.
            other.forgotten = true;
            one.highest.accumulateAndGet(other.highest(), Math::max);
        }
        if (progress.size() > EPOCHS) {
            Iterator<Progress> eldestFirst = progress.values().iterator();
            eldestFirst.next().forgotten = true;
            eldestFirst.remove();
        }
    }
}
