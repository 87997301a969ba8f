package io.sluice.rollup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/**
 * Replaces a thread that failed, but not for ever: what fails at the same record each time would only fill the log. When
 * it gives up, the rollups stop and {@link #hasGivenUp} tells liveness, so that an orchestrator starts anew.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final long MEMORY_MILLIS = 600_000;

    private final int limit;
    private final LongSupplier clock;
    private final Deque<Long> replacements = new ArrayDeque<>();
    private volatile boolean gaveUp;

    ThreadReplacement(int limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = clock.getAsLong();
        while (!replacements.isEmpty() && now - replacements.getFirst() > MEMORY_MILLIS) {
            replacements.removeFirst();
        }
        if (replacements.size() >= limit) {
            gaveUp = true;
            RollupLog.LOG.gaveUp(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replacements.addLast(now);
        RollupLog.LOG.threadReplaced(replacements.size(), limit, failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    boolean hasGivenUp() {
        return gaveUp;
    }
}
