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
 *
 * <p>A process that was halted may have lost its partition without knowing, and would show less than its successor has. So
 * nothing is shown where the last commit, of which there is one a second at least, is too long ago.
 */
final class Showing {
    /** Records that come together are shown together. */
    private static final long GATHER_MILLIS = 5;

    /** What waits for its window's gap may wait for so many intervals. */
    private static final int PATIENCE = 5;

    private final ProcessorContext<?, ?> context;
    private final Show show;
    private final long interval;
    private final long trust;
    private @Nullable Cancellable timer;
    private boolean patient;
    private long lastShown;
    private long lastCommit;

    @FunctionalInterface
    interface Show {
        /**
         * @param now wall clock, ms
         * @return whether all was shown
         */
        boolean show(long now);
    }

    Showing(ProcessorContext<?, ?> context, Interims interims, Show show) {
        this.context = context;
        this.show = show;
        interval = Math.max(1, interims.interval().toMillis());
        trust = interims.trust().toMillis();
        lastCommit = context.currentSystemTimeMs();
    }

    /** To be called after every change, and once for what was there at the beginning. */
    void changed() {
        if (timer == null || patient) {
            long rest = lastShown + interval - context.currentSystemTimeMs();
            startTimer(Math.max(Math.min(GATHER_MILLIS, interval), Math.min(rest, interval)));
            patient = false;
        }
    }

    /** The task begins a commit. */
    void committing() {
        lastCommit = context.currentSystemTimeMs();
    }

    private void startTimer(long millis) {
        stopTimer();
        timer = context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, this::show);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void show(long now) {
        stopTimer();
        lastShown = now;
        if (now - lastCommit > trust || !show.show(now)) {
            startTimer(PATIENCE * interval);
            patient = true;
        }
    }
}
