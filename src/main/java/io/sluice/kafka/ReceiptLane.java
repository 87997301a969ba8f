package io.sluice.kafka;

import io.sluice.ingest.LogEntry;
import io.sluice.ingest.MessageLog;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries receipts from the producer's thread to one event loop: whatever has come in until the loop looks goes in one hop.
 * The queue holds at most one receipt per entry in flight, so the log's bound bounds it.
 */
final class ReceiptLane implements MessageLog.Lane {
    private record Receipt(
            LogEntry entry,
            MessageLog.Receiver receiver,
            @Nullable Throwable failure) {}

    private final Executor loop;
    private final BiConsumer<LogEntry, BiConsumer<LogEntry, @Nullable Throwable>> sender;
    private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Used on the loop only: a producer calls back from within {@code send} where it has no memory left. */
    private boolean failedAtOnce;

    private final Set<MessageLog.Receiver> touched = new LinkedHashSet<>();

    /** @param sender sends an entry and calls back once, on any thread */
    ReceiptLane(Executor loop, BiConsumer<LogEntry, BiConsumer<LogEntry, @Nullable Throwable>> sender) {
        this.loop = loop;
        this.sender = sender;
    }

    @Override
    public boolean append(LogEntry entry, MessageLog.Receiver receiver) {
        Thread appender = Thread.currentThread();
        failedAtOnce = false;
        sender.accept(entry, (sent, failure) -> {
            if (failure != null && Thread.currentThread() == appender) {
                failedAtOnce = true;
            }
            receipts.add(new Receipt(sent, receiver, failure));
            if (scheduled.compareAndSet(false, true)) {
                hop();
            }
        });
        return !failedAtOnce;
    }

    private void hop() {
        try {
            loop.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            // The loop has ended with the process; nobody is left to be told.
            receipts.clear();
        }
    }

    private void deliver() {
        scheduled.set(false);
        Receipt receipt;
        while ((receipt = receipts.poll()) != null) {
            receipt.receiver().receipt(receipt.entry(), receipt.failure());
            touched.add(receipt.receiver());
        }
        for (MessageLog.Receiver receiver : touched) {
            receiver.settled();
        }
        touched.clear();
    }
}
