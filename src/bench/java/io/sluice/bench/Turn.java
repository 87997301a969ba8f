package io.sluice.bench;

import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** The part of one run that one event loop has: its connections' acknowledgements. Only {@code end} crosses threads. */
final class Turn {
    private final Histogram delays = new Histogram(3);
    private final CompletableFuture<Turn> end = new CompletableFuture<>();
    private final long deadlineNanos;
    private int running;

    Turn(int connections, long deadlineNanos) {
        this.running = connections;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    void acknowledged(long delayNanos) {
        delays.recordValue(delayNanos / 1_000);
    }

    /** A connection has nothing in flight any more. */
    void settled() {
        if (--running == 0) {
            end.complete(this);
        }
    }

    void failed(Throwable why) {
        end.completeExceptionally(why);
    }

    /** Done when everything sent is acknowledged. */
    CompletableFuture<Turn> end() {
        return end;
    }

    /** From sending to acknowledgement, in µs, one per message; after the end. */
    Histogram delays() {
        return delays;
    }
}
