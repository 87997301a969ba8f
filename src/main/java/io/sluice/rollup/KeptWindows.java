package io.sluice.rollup;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many of the groups' windows are in the store, and from which start on. Windows go in the order of their starts, per
 * length: when arrival time has passed their end by {@link GroupPlan#reach}; and when there are more than {@link
 * GroupPlan#maxWindows}, a sixteenth of the length that has most. The floor below which they are gone is stored, so that it
 * outlives a task.
 *
 * <p>Not thread-safe.
 */
final class KeptWindows {
    private static final int SHARE_THAT_GOES = 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RollupPlan plan;
    private final GroupPlan bounds;
    private final int[] kept;
    private final long[] floors;
    private long arrival = Long.MIN_VALUE;
    private boolean moved;
    private boolean ageDue;

    KeptWindows(KeyValueStore<Bytes, byte[]> store, RollupPlan plan, GroupPlan bounds) {
        this.store = store;
        this.plan = plan;
        this.bounds = bounds;
        kept = new int[plan.windows().size()];
        floors = new long[kept.length];
        Arrays.fill(floors, Long.MIN_VALUE);
        byte[] progress = store.get(GroupLayout.PROGRESS);
        if (progress != null) {
            arrival = GroupLayout.readProgress(progress, plan, floors);
        }
    }

    /** Whether a window that started there may have been here, and is not any more. */
    boolean isGone(int length, long start) {
        return start < floors[length];
    }

    void arrive(long time) {
        if (time > arrival) {
            arrival = time;
            moved = true;
        }
    }

    /** One more will be in the store at the next commit, or is found there. */
    void added(int length) {
        kept[length]++;
    }

    int count() {
        return Arrays.stream(kept).sum();
    }

    /** Lets the windows that are beyond the reach go with the next {@link #trim}. */
    void age() {
        ageDue = true;
    }

    /**
     * Deletes what goes. Only right after writing: every window is in the store then.
     *
     * @param gone is told each place
     */
    void trim(Consumer<Bytes> gone) {
        if (ageDue && arrival != Long.MIN_VALUE) {
            ageDue = false;
            for (int length = 0; length < kept.length; length++) {
                Window window = plan.windows().get(length);
                dropBelow(length, window.startOf(arrival - bounds.reach()), gone);
            }
        }
        while (count() > bounds.maxWindows()) {
            int fullest = fullest();
            Window window = plan.windows().get(fullest);
            dropBelow(fullest, window.endOf(startAt(window, kept[fullest] / SHARE_THAT_GOES)), gone);
        }
        if (moved) {
            moved = false;
            store.put(GroupLayout.PROGRESS, GroupLayout.progress(arrival, plan.windows(), floors));
        }
    }

    private int fullest() {
        int fullest = 0;
        for (int length = 1; length < kept.length; length++) {
            fullest = kept[length] > kept[fullest] ? length : fullest;
        }
        return fullest;
    }

    /** Of the window of that length at that place, counted from the oldest. */
    private long startAt(Window window, int place) {
        try (KeyValueIterator<Bytes, byte[]> windows = upTo(window, Long.MAX_VALUE)) {
            for (int i = 0; i < place; i++) {
                windows.next();
            }
            return GroupLayout.startOf(windows.next().key);
        }
    }

    private void dropBelow(int length, long floor, Consumer<Bytes> gone) {
        if (floor <= floors[length]) {
            return;
        }
        floors[length] = floor;
        moved = true;
        try (KeyValueIterator<Bytes, byte[]> windows = upTo(plan.windows().get(length), floor)) {
            while (windows.hasNext()) {
                Bytes place = windows.next().key;
                store.delete(place);
                kept[length]--;
                gone.accept(place);
            }
        }
    }

    private KeyValueIterator<Bytes, byte[]> upTo(Window window, long start) {
        return store.range(GroupLayout.bound(window, Long.MIN_VALUE), GroupLayout.bound(window, start));
    }
}
