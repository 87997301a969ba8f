package io.sluice.rollup;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Shows what changed: at once where nothing was shown within the interval, so that what comes seldom, or in the bursts of
 * commits, does not wait; else when the interval is over. A timer that runs only while there is something to show, since
 * one that ran always would make Streams commit, for every task and interval, that nothing happened.
 */
final class Showing {
    /** Records that come together are shown together. */
    private static final long GATHER_MILLIS = 5;

    private final ProcessorContext<?, ?> context;
    private final long interval;
    private final Show show;
    private @Nullable Cancellable timer;
    private long lastShown;

    @FunctionalInterface
    interface Show {
        /**
         * @param now wall clock, ms
         * @return whether all was shown
         */
        boolean show(long now);
    }

    Showing(ProcessorContext<?, ?> context, Duration interval, Show show) {
        this.context = context;
        this.interval = interval.toMillis();
        this.show = show;
    }

    void changed() {
        if (timer == null) {
            long rest = lastShown + interval - context.currentSystemTimeMs();
            startTimer(Math.max(Math.min(GATHER_MILLIS, interval), Math.min(rest, interval)));
        }
    }

    private void startTimer(long millis) {
        timer = context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, this::show);
    }

    private void show(long now) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        lastShown = now;
        if (!show.show(now)) {
            startTimer(interval);
        }
    }
}
