package io.sluice.ingest;

import io.sluice.kafka.ProducedRecord;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A log that makes the record and keeps its receipt back until it is asked for it; it sends nothing. */
final class RecordingLog implements MessageLog, MessageLog.Lane {
    private record Pending(LogEntry entry, Receiver receiver) {}

    private final Queue<Pending> pending = new ArrayDeque<>();
    /** What was made goes somewhere, so that the compiler cannot leave it out. */
    private @Nullable ProducerRecord<byte[], byte[]> last;

    @Override
    public boolean append(LogEntry entry, Receiver receiver) {
        last = ProducedRecord.of(entry);
        pending.add(new Pending(entry, receiver));
        return true;
    }

    @Nullable
    ProducerRecord<byte[], byte[]> last() {
        return last;
    }

    /** All that was appended is durable. */
    void acknowledge() {
        Receiver touched = null;
        for (Pending next = pending.poll(); next != null; next = pending.poll()) {
            touched = next.receiver();
            touched.receipt(next.entry(), null);
        }
        if (touched != null) {
            touched.settled();
        }
    }

    @Override
    public Lane lane(Executor loop) {
        return this;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public long bytesInFlight() {
        return 0;
    }

    @Override
    public void onRelief(Runnable listener) {
        // It is never full.
    }
}
