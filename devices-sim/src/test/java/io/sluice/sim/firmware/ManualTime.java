package io.sluice.sim.firmware;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until it is moved; tasks run while it moves, in order. */
public final class ManualTime implements Timekeeper {
    private static final long WALL_START = 1_763_632_800_000L;

    private record Task(long at, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long order;

    @Override
    public long nanos() {
        return now * 1_000_000;
    }

    @Override
    public long wallMillis() {
        return WALL_START + now;
    }

    @Override
    public Timer after(long millis, Runnable action) {
        Task task = new Task(now + Math.max(1, millis), order++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    public void pass(long millis) {
        long until = now + millis;
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            Task task = tasks.remove();
            now = task.at();
            task.action().run();
        }
        now = until;
    }

    /** Ms until the next task; -1 for none. */
    public long untilNext() {
        return tasks.isEmpty() ? -1 : tasks.peek().at() - now;
    }
}
