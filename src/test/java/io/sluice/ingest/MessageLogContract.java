package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.RejectCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every log promises; the fake and the one on Kafka both run it. */
public abstract class MessageLogContract {
    private final ExecutorService loop = Executors.newSingleThreadExecutor();

    /** A log that is ready. */
    protected abstract MessageLog log();

    /** Makes what is out durable, where that does not happen by itself. */
    protected abstract void settle();

    @AfterEach
    void stopLoop() {
        loop.shutdownNow();
    }

    @Test
    void givesOneReceiptPerEntryInOrderOnTheLoop() {
        List<Long> receipts = new ArrayList<>();
        AtomicInteger settled = new AtomicInteger();
        AtomicReference<Thread> thread = new AtomicReference<>();
        MessageLog.Receiver receiver = new MessageLog.Receiver() {
            @Override
            public void receipt(LogEntry entry, @Nullable Throwable failure) {
                assertThat(failure).isNull();
                thread.set(Thread.currentThread());
                receipts.add(entry.seq());
            }

            @Override
            public void settled() {
                settled.incrementAndGet();
            }
        };
        MessageLog.Lane lane = log().lane(loop);
        List<Long> expected = new ArrayList<>();
        for (long seq = 1; seq <= 500; seq++) {
            expected.add(seq);
            lane.append(entry(seq), receiver);
        }
        settle();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> receipts.size() == 500 && settled.get() > 0);
        assertThat(receipts).isEqualTo(expected);
        assertThat(settled.get()).as("bursts, not records").isLessThanOrEqualTo(500);
        assertThat(thread.get()).isNotEqualTo(Thread.currentThread());
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(log().bytesInFlight()).isZero());
    }

    @Test
    void keepsDeadLettersApart() {
        AtomicInteger receipts = new AtomicInteger();
        MessageLog.Receiver receiver = new MessageLog.Receiver() {
            @Override
            public void receipt(LogEntry entry, @Nullable Throwable failure) {
                assertThat(entry.isDeadLetter()).isTrue();
                receipts.incrementAndGet();
            }

            @Override
            public void settled() {
                // counted by receipts
            }
        };
        LogEntry.Reason reason = new LogEntry.Reason(RejectCode.MALFORMED, "no pack", List.of(), "text/plain");
        log().lane(loop).append(new LogEntry(origin(), 1, 1_763_632_800_000L, new byte[0], reason), receiver);
        settle();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> receipts.get() == 1);
    }

    private static LogEntry entry(long seq) {
        return new LogEntry(origin(), seq, System.currentTimeMillis(), "[]".getBytes(StandardCharsets.UTF_8), null);
    }

    private static Origin origin() {
        return new Origin("contract", null, "epoch", true, "session");
    }
}
