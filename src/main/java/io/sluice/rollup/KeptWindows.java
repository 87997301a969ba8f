package io.sluice.rollup;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many of the groups' windows are in the store, and from which start on. Windows go in the order of their starts, per
 * length: when arrival time has passed their end by {@link GroupPlan#reach}; and when there are more than {@link
 * GroupPlan#maxWindows}. Then the group that has most gives a quarter of its windows of the length that it has most of, as
 * long as it has more than its share, so that one with ever new names harms itself alone; else a sixteenth of the length that
 * has most goes, of all groups. The floors below which windows are gone are stored, so that they outlive a task.
 *
 * <p>Not thread-safe.
 */
final class KeptWindows {
    private static final int SHARE_THAT_GOES = 16;
    private static final int SHARE_OF_A_GROUP_THAT_GOES = 4;

    /** A group with less than that part of the room is never looked for: its windows lie scattered among all others'. */
    private static final int LEAST_SHARE = 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RollupPlan plan;
    private final GroupPlan bounds;
    private final int[] kept;
    private final long[] floors;
    private final Map<String, GroupShare> groups = new HashMap<>();
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
        readFloors();
    }

    private void readFloors() {
        try (KeyValueIterator<Bytes, byte[]> stored = store.range(GroupLayout.firstFloor(), GroupLayout.first())) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> next = stored.next();
                int length = plan.indexOf(GroupLayout.lengthOf(next.key));
                if (length >= 0) {
                    share(GroupLayout.groupOfFloor(next.key)).floors[length] = GroupLayout.floor(next.value);
                }
            }
        }
    }

    private GroupShare share(String group) {
        return groups.computeIfAbsent(group, name -> new GroupShare(name, kept.length));
    }

    /** Whether a window that started there may have been here, and is not any more. */
    boolean isGone(int length, String group, long start) {
        if (start < floors[length]) {
            return true;
        }
        GroupShare share = groups.get(group);
        return share != null && start < share.floors[length];
    }

    void arrive(long time) {
        if (time > arrival) {
            arrival = time;
            moved = true;
        }
    }

    /** One more will be in the store at the next commit, or is found there. */
    void added(int length, String group) {
        kept[length]++;
        share(group).kept[length]++;
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
            groups.values().removeIf(this::isForgotten);
        }
        while (count() > bounds.maxWindows()) {
            GroupShare greatest = greatest();
            if (greatest.count() > Math.max(count() / groups.size(), bounds.maxWindows() / LEAST_SHARE)) {
                dropOldestOf(greatest, gone);
            } else {
                int fullest = GroupShare.fullest(kept);
                Window window = plan.windows().get(fullest);
                dropBelow(fullest, window.endOf(startAt(window, kept[fullest] / SHARE_THAT_GOES)), gone);
            }
        }
        if (moved) {
            moved = false;
            store.put(GroupLayout.PROGRESS, GroupLayout.progress(arrival, plan.windows(), floors));
        }
    }

    /** Whether nothing of the group is here, and its floors are below those of all; they leave the store then. */
    private boolean isForgotten(GroupShare share) {
        for (int length = 0; length < kept.length; length++) {
            if (share.floors[length] != Long.MIN_VALUE && share.floors[length] <= floors[length]) {
                share.floors[length] = Long.MIN_VALUE;
                store.delete(GroupLayout.floorKey(share.group, plan.windows().get(length)));
            }
        }
        return share.isEmpty();
    }

    private GroupShare greatest() {
        return groups.values().stream()
                .max(Comparator.comparingInt(GroupShare::count))
                .orElseThrow();
    }

    private void dropOldestOf(GroupShare share, Consumer<Bytes> gone) {
        int length = GroupShare.fullest(share.kept);
        Window window = plan.windows().get(length);
        int going = share.kept[length] / SHARE_OF_A_GROUP_THAT_GOES + 1;
        long last = Long.MIN_VALUE;
        try (KeyValueIterator<Bytes, byte[]> windows = upTo(window, Long.MAX_VALUE)) {
            while (windows.hasNext()) {
                Bytes place = windows.next().key;
                long start = GroupLayout.startOf(place);
                if (going <= 0 && start > last) {
                    break;
                }
                if (GroupLayout.groupOf(place).equals(share.group)) {
                    last = start;
                    going--;
                    drop(place, length, gone);
                }
            }
        }
        share.floors[length] = window.endOf(last);
        store.put(GroupLayout.floorKey(share.group, window), GroupLayout.floor(share.floors[length]));
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
                drop(windows.next().key, length, gone);
            }
        }
    }

    private void drop(Bytes place, int length, Consumer<Bytes> gone) {
        store.delete(place);
        kept[length]--;
        share(GroupLayout.groupOf(place)).kept[length]--;
        gone.accept(place);
    }

    private KeyValueIterator<Bytes, byte[]> upTo(Window window, long start) {
        return store.range(GroupLayout.bound(window, Long.MIN_VALUE), GroupLayout.bound(window, start));
    }
}
