package io.sluice.rollup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The groups' windows of one task, over the logged store that makes them durable.
 *
 * <p>A group has no clock of its own: its devices may be hours apart. So no addition is ever too late by time alone. A
 * window is <em>open</em> (on the heap) until {@link GroupTime} has passed its end and its newest addition by the grace;
 * then its final value goes out, and it stays in the store. An addition that comes later opens it again, and a corrected
 * final value follows. What comes for one that is not kept any more ({@link
 * KeptWindows}) is counted as late and left out, since a value that lacks the earlier part would replace the right one.
 *
 * <p>Not thread-safe; belongs to one initialisation of one task, as {@link LiveDevices} does.
 */
final class LiveGroups {
    private final KeyValueStore<Bytes, byte[]> store;
    private final RollupPlan plan;
    private final GroupPlan bounds;
    private final RollupCounters counters;

    /** Those added to longest ago first. */
    private final LinkedHashMap<Bytes, GroupWindow> open = new LinkedHashMap<>(64, 0.75f, true);

    private final Set<Bytes> dirty = new LinkedHashSet<>();
    /** Of which interim values are to be shown. */
    private final Set<GroupWindow> unseen = new LinkedHashSet<>();

    private final List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
    private final KeptWindows kept;
    private int unannounced;

    LiveGroups(KeyValueStore<Bytes, byte[]> store, RollupPlan plan, GroupPlan bounds, RollupCounters counters) {
        this.store = store;
        this.plan = plan;
        this.bounds = bounds;
        this.counters = counters;
        kept = new KeptWindows(store, plan, bounds);
        load();
    }

    private void load() {
        try (KeyValueIterator<Bytes, byte[]> windows = store.range(GroupLayout.first(), GroupLayout.end())) {
            while (windows.hasNext()) {
                KeyValue<Bytes, byte[]> next = windows.next();
                int length = plan.indexOf(GroupLayout.lengthOf(next.key));
                if (length < 0) {
                    batch.add(KeyValue.pair(next.key, null));
                    continue;
                }
                kept.added(length, GroupLayout.groupOf(next.key));
                if (!OpenWindow.isAnnounced(next.value)) {
                    GroupWindow unfinished =
                            GroupLayout.window(next.key, plan.windows().get(length), next.value);
                    open.put(next.key, unfinished);
                    unseen.add(unfinished);
                    unannounced++;
                }
            }
        }
    }

    /** @param now wall clock in ms, ahead of which no device's instance makes the groups' windows age */
    void take(RollupKey key, Addition addition, long now) {
        int length = plan.indexOf(key.window());
        if (length < 0) {
            return;
        }
        if (kept.isGone(length, key.id(), key.start())) {
            counters.groupLate.add(addition.aggregate.count());
            return;
        }
        kept.arrive(Math.min(addition.arrived, now));
        OpenWindow.Series series = new OpenWindow.Series(key.metric(), key.unit());
        Window window = plan.windows().get(length);
        Bytes place = GroupLayout.key(key.id(), series, window, key.start());
        GroupWindow target = open.get(place);
        if (target == null) {
            target = bring(
                    place,
                    length,
                    () -> new GroupWindow(
                            key.id(),
                            new OpenWindow(series, window, key.start(), addition.arrived, window.newAggregate())));
        }
        add(place, target, addition);
    }

    private GroupWindow bring(Bytes place, int length, Supplier<GroupWindow> fresh) {
        byte[] stored = store.get(place);
        GroupWindow brought;
        if (stored == null) {
            brought = fresh.get();
            kept.added(length, brought.group());
            unannounced++;
        } else {
            brought = GroupLayout.window(place, plan.windows().get(length), stored);
        }
        open.put(place, brought);
        return brought;
    }

    private void add(Bytes place, GroupWindow target, Addition addition) {
        OpenWindow window = target.window();
        window.aggregate.merge(addition.aggregate);
        window.arrived = Math.max(window.arrived, addition.arrived);
        if (window.announced) {
            window.announced = false;
            unannounced++;
            counters.groupCorrected.increment();
        }
        dirty.add(place);
        unseen.add(target);
    }

    /** Shows the interim values of the windows that changed, as {@link LiveDevices#show} does. */
    boolean show(Announcer announcer, long now) {
        unseen.removeIf(each -> each.window().show(each.group(), announcer, now));
        return unseen.isEmpty();
    }

    /** @param until see {@link GroupTime#settledUntil} */
    void settle(long until, Announcer announcer) {
        open.forEach((place, each) -> {
            if (!each.window().announced && until >= each.window().deadline(plan.grace())) {
                finish(place, each, announcer);
            }
        });
    }

    private void finish(Bytes place, GroupWindow each, Announcer announcer) {
        announcer.announce(each.group(), each.window(), true);
        each.window().announced = true;
        unannounced--;
        dirty.add(place);
    }

    /** Lets the windows that are beyond the reach go with the next {@link #save}. */
    void age() {
        kept.age();
    }

    /**
     * Writes what changed to the store, and announces as final what is too much to keep open.
     *
     * @param announcer null where nothing can go out any more, because the task is being closed
     */
    void save(@Nullable Announcer announcer) {
        if (announcer != null) {
            finishThoseTooMany(announcer);
        }
        for (Bytes place : dirty) {
            GroupWindow each = Objects.requireNonNull(open.get(place), "what changed is open");
            batch.add(KeyValue.pair(place, each.window().toBytes()));
            if (each.window().announced) {
                open.remove(place);
            }
        }
        dirty.clear();
        if (!batch.isEmpty()) {
            store.putAll(batch);
            batch.clear();
        }
        if (announcer != null) {
            kept.trim(place -> finishForGood(place, announcer));
        }
    }

    private void finishForGood(Bytes place, Announcer announcer) {
        GroupWindow unfinished = open.remove(place);
        if (unfinished != null) {
            announcer.announce(unfinished.group(), unfinished.window(), true);
            unfinished.window().announced = true;
            unannounced--;
        }
    }

    private void finishThoseTooMany(Announcer announcer) {
        Iterator<Map.Entry<Bytes, GroupWindow>> eldest = open.entrySet().iterator();
        while (unannounced > bounds.maxOpen()) {
            Map.Entry<Bytes, GroupWindow> next = eldest.next();
            if (!next.getValue().window().announced) {
                finish(next.getKey(), next.getValue(), announcer);
                counters.groupHurried.increment();
            }
        }
    }

    int onHeap() {
        return open.size();
    }

    int kept() {
        return kept.count();
    }
}
