package io.sluice.kafka;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process's bound on what is on its way to Kafka. Full at the bound, and again with room only below three quarters of it,
 * so that relief comes in portions. Thread-safe.
 */
final class BytesInFlight {
    private final long max;
    private final long relief;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    BytesInFlight(long max) {
        this.max = max;
        this.relief = max / 4 * 3;
    }

    void add(int count) {
        if (bytes.addAndGet(count) >= max) {
            full.set(true);
            // The last acknowledgement may have come in between, and nobody would look again.
            relieveIfLow(bytes.get());
        }
    }

    void remove(int count) {
        relieveIfLow(bytes.addAndGet(-count));
    }

    long get() {
        return bytes.get();
    }

    boolean isFull() {
        return full.get();
    }

    void onRelief(Runnable listener) {
        listeners.add(listener);
    }

    private void relieveIfLow(long now) {
        if (now <= relief && full.get() && full.compareAndSet(true, false)) {
            listeners.forEach(Runnable::run);
        }
    }
}
