package io.sluice.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A log whose acknowledgements come when a test says so. */
final class FakeLog implements MessageLog {
    private record Pending(LogEntry entry, Receiver receiver, Executor loop) {}

    private final List<LogEntry> entries = new ArrayList<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final long max;
    private long bytes;
    private boolean refusing;
    private boolean full;

    FakeLog(long max) {
        this.max = max;
    }

    FakeLog() {
        this(Long.MAX_VALUE);
    }

    @Override
    public Lane lane(Executor loop) {
        return (entry, receiver) -> {
            if (refusing) {
                loop.execute(() -> receiver.receipt(entry, new IllegalStateException("no memory left")));
                return false;
            }
            entries.add(entry);
            pending.add(new Pending(entry, receiver, loop));
            bytes += entry.weight();
            full |= bytes >= max;
            return true;
        };
    }

    /** From now on every entry fails at once. */
    void refuse() {
        refusing = true;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public long bytesInFlight() {
        return bytes;
    }

    @Override
    public void onRelief(Runnable listener) {
        listeners.add(listener);
    }

    /** Everything that was appended. */
    List<LogEntry> entries() {
        return entries;
    }

    int pending() {
        return pending.size();
    }

    void acknowledge(int count) {
        answer(count, null);
    }

    void acknowledgeAll() {
        answer(pending.size(), null);
    }

    void fail(Throwable failure) {
        answer(1, failure);
    }

    private void answer(int count, @Nullable Throwable failure) {
        List<Pending> touched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pending next = pending.remove();
            bytes -= next.entry().weight();
            next.loop().execute(() -> next.receiver().receipt(next.entry(), failure));
            if (touched.stream().noneMatch(other -> other.receiver() == next.receiver())) {
                touched.add(next);
            }
        }
        if (full && bytes < max) {
            full = false;
            listeners.forEach(Runnable::run);
        }
        touched.forEach(one -> one.loop().execute(one.receiver()::settled));
    }
}
