package io.sluice.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that makes frames. Its listeners beat on a common grid (50 a second: at every full 20 ms), so that equal
 * subscriptions that are due in the same beat share their pages, and no subscription has a timer of its own.
 *
 * <p>Listeners are touched by this thread alone; others hand it tasks. The tasks waiting are bounded by those who hand
 * them over: one per subscription, and one per frame of a client, whose number is limited.
 */
final class Pulse implements Runnable {
    /** Beats a second at most. */
    static final int MAX_HZ = 50;

    static final int BEAT_MILLIS = 1_000 / MAX_HZ;

    /** What is called at every beat. */
    interface Listener {
        /** @param now ms since 1970 */
        void beat(long now);
    }

    private final LongSupplier clock;
    private final Runnable afterBeat;
    private final List<Set<Listener>> listenersByHz = new ArrayList<>();
    private final long[] nextBeat = new long[MAX_HZ + 1];
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;

    /** @param afterBeat called when a round of beats or tasks is over */
    Pulse(LongSupplier clock, Runnable afterBeat) {
        this.clock = clock;
        this.afterBeat = afterBeat;
        for (int hz = 0; hz <= MAX_HZ; hz++) {
            listenersByHz.add(new LinkedHashSet<>());
        }
    }

    void start() {
        Thread started = new Thread(this, "sluice-live-pulse");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    void stop(long timeoutMs) {
        stopped = true;
        execute(() -> {});
        Thread running = thread;
        if (running != null) {
            try {
                running.join(timeoutMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a task on the pulse's thread, soon. */
    void execute(Runnable task) {
        tasks.add(task);
    }

    /** On the pulse's thread only. */
    void add(Listener listener, int hz) {
        if (listenersByHz.get(hz).isEmpty()) {
            nextBeat[hz] = beatAfter(clock.getAsLong(), hz);
        }
        listenersByHz.get(hz).add(listener);
    }

    /** On the pulse's thread only. */
    void remove(Listener listener, int hz) {
        listenersByHz.get(hz).remove(listener);
    }

    /** The first point of the grid after that time, rounded up to a millisecond. */
    private static long beatAfter(long now, int hz) {
        long beat = now * hz / 1_000 + 1;
        return (beat * 1_000 + hz - 1) / hz;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                Runnable task = tasks.poll(Math.max(0, soonest() - clock.getAsLong()), TimeUnit.MILLISECONDS);
                if (task != null) {
                    run(task);
                }
                runTasks();
                beat();
                afterBeat.run();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Runs what was handed over. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    private long soonest() {
        long soonest = clock.getAsLong() + 1_000;
        for (int hz = 1; hz <= MAX_HZ; hz++) {
            if (!listenersByHz.get(hz).isEmpty()) {
                soonest = Math.min(soonest, nextBeat[hz]);
            }
        }
        return soonest;
    }

    /** Beats for all that are due; what was missed is not made up for. */
    void beat() {
        for (int hz = MAX_HZ; hz >= 1; hz--) {
            long now = clock.getAsLong();
            Set<Listener> listeners = listenersByHz.get(hz);
            if (!listeners.isEmpty() && now >= nextBeat[hz]) {
                nextBeat[hz] = beatAfter(now, hz);
                for (Listener listener : new ArrayList<>(listeners)) {
                    run(() -> listener.beat(now));
                }
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // One subscription's fault must not stop all others'; it is a bug, so it is told with its trace.
            LiveLog.LOG.pulseFailed(e);
        }
    }
}
