package io.sluice.rollup;

import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that is known of one device: which messages were counted, how far its time has come, and its windows.
 *
 * <p>Lateness (per device, from the log alone). A window is closed when the device's greatest event time has passed its
 * end and the grace, or when arrival time has passed both its end and its last addition by the grace. The readings of
 * one message are judged by the clock as it stood before the message: a pack may list them in any order.
 *
 * <p>Not thread-safe.
 */
final class DeviceState {
    private static final long NEVER = Long.MAX_VALUE;

    final String id;
    final DeviceClock clock;
    final Deduplication deduplication;
    long duplicates;

    /** Of the duplicates, those with the number 1: the device began again in an epoch that was known. */
    long duplicatesFromOne;

    /** Arrival of the newest duplicate, ms; 0 for none. */
    long lastDuplicate;

    /** Whether a duplicate or a late reading was counted that nobody has been told of. */
    boolean untoldCounts;

    /** Wall clock, ms, from which on counts may be told again; not stored, so a task that moves tells at once. */
    long nextTelling = Long.MIN_VALUE;

    /** Readings for which at least one window had closed. */
    long late;

    /** Arrival of the newest late reading, ms; 0 for none. */
    long lastLate;

    long overflowed;

    private final RollupPlan plan;
    private final RollupCounters counters;
    private final Map<OpenWindow.Series, SeriesWindows> series = new HashMap<>(4);
    private int open;

    // Lower bounds that spare looking at every window with every message; exact after each sweep.
    private long nextEnd = NEVER;
    private long nextDeadline = NEVER;
    private long nextUnannounced = NEVER;

    private final List<OpenWindow> changed = new ArrayList<>(4);
    private final List<OpenWindow> unseen = new ArrayList<>(4);
    private final List<OpenWindow> removed = new ArrayList<>(4);

    DeviceState(String id, RollupPlan plan, RollupCounters counters) {
        this(id, plan, counters, new DeviceClock(), new Deduplication());
    }

    DeviceState(String id, RollupPlan plan, RollupCounters counters, DeviceClock clock, Deduplication deduplication) {
        this.id = id;
        this.plan = plan;
        this.counters = counters;
        this.clock = clock;
        this.deduplication = deduplication;
    }

    /**
     * A message has arrived: time moves on, and what it closes is announced.
     *
     * @param arrival ms
     * @return whether its readings are to be taken; not if its number was seen before
     */
    boolean arrive(long arrival, String epoch, long number, boolean serverMade, Announcer announcer) {
        clock.arrive(arrival);
        if (clock.arrival() >= nextDeadline) {
            sweep(Long.MIN_VALUE, announcer);
        }
        if (deduplication.isNew(epoch, number, clock.arrival(), serverMade)) {
            return true;
        }
        duplicates++;
        if (number == 1) {
            duplicatesFromOne++;
        }
        lastDuplicate = clock.arrival();
        untoldCounts = true;
        counters.duplicates.increment();
        return false;
    }

    /**
     * Takes the readings of a message that {@link #arrive} let in.
     *
     * @param also hears of each number that a window takes
     */
    void take(Readings readings, long arrival, long number, Additions also, Announcer announcer) {
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < readings.size(); i++) {
            long time = EventTime.micros(readings.time(i));
            greatest = Math.max(greatest, EventTime.millis(time));
            ValueType type = readings.type(i);
            if (type == ValueType.NUMBER || type == ValueType.BOOLEAN || type == ValueType.STRING) {
                takeOne(readings, i, time, arrival, number, also);
            } else {
                counters.skipped.increment();
            }
        }
        clock.advance(greatest);
        if (nextEnd != NEVER && clock.hasPassed(nextEnd, plan.grace())) {
            sweep(Long.MIN_VALUE, announcer);
        }
    }

    private void takeOne(Readings readings, int index, long time, long arrival, long number, Additions also) {
        OpenWindow.Series name =
                new OpenWindow.Series(readings.name(index), RollupPlan.unitOrNull(readings.unit(index)));
        SeriesWindows known = series.get(name);
        boolean added = false;
        boolean tooLate = false;
        boolean full = false;
        for (int length = 0; length < plan.windows().size(); length++) {
            Window window = plan.windows().get(length);
            long start = window.startOf(EventTime.millis(time));
            OpenWindow target = known == null ? null : known.find(length, start);
            if (clock.hasPassed(window.endOf(start), plan.grace()) || (target != null && target.closed)) {
                tooLate = true;
                continue;
            }
            if (target == null) {
                if (open >= plan.maxOpenWindows()) {
                    full = true;
                    continue;
                }
                target = new OpenWindow(name, window, start, clock.arrival(), window.newAggregate());
                known = keep(length, target);
            }
            if (readings.type(index) == ValueType.STRING) {
                String text = Objects.requireNonNull(readings.text(index));
                target.aggregate.add(plan.cut(text), time, arrival, number, index);
                touchAdded(target);
            } else {
                double value = readings.number(index);
                target.aggregate.add(value, time, arrival, number, index);
                touchAdded(target);
                also.added(target, value, time, arrival, number, index);
            }
            added = true;
        }
        count(added, tooLate, full);
    }

    private void count(boolean added, boolean tooLate, boolean full) {
        if (added) {
            counters.readings.increment();
        }
        if (tooLate) {
            late++;
            lastLate = clock.arrival();
            untoldCounts = true;
            counters.late.increment();
        }
        if (full) {
            overflowed++;
            counters.overflowed.increment();
        }
    }

    private void touchAdded(OpenWindow window) {
        window.arrived = clock.arrival();
        if (window.announced) {
            window.announced = false;
            counters.corrected.increment();
        }
        touch(window);
        markUnseen(window);
        nextUnannounced = Math.min(nextUnannounced, window.deadline(plan.grace()));
    }

    private void markUnseen(OpenWindow window) {
        if (!window.unseen) {
            window.unseen = true;
            unseen.add(window);
        }
    }

    /** Shows what changed; see {@link OpenWindow#show}. */
    boolean show(Announcer announcer, long now) {
        unseen.removeIf(window -> window.show(id, announcer, now));
        return unseen.isEmpty();
    }

    private void touch(OpenWindow window) {
        if (!window.dirty) {
            window.dirty = true;
            changed.add(window);
        }
    }

    /**
     * Also for windows that come from the store.
     *
     * @return where it is now
     */
    SeriesWindows keep(int length, OpenWindow window) {
        SeriesWindows kept = series.computeIfAbsent(
                window.series, name -> new SeriesWindows(plan.windows().size()));
        kept.add(length, window);
        open++;
        nextEnd = Math.min(nextEnd, window.end());
        if (!window.closed) {
            nextDeadline = Math.min(nextDeadline, window.deadline(plan.grace()));
        }
        if (!window.announced) {
            markUnseen(window);
            nextUnannounced = Math.min(nextUnannounced, window.deadline(plan.grace()));
        }
        return kept;
    }

    /** Announces as final what the wall clock has passed; only for a caller that has read all there was by then. */
    boolean settle(long now, Announcer announcer) {
        if (now < nextUnannounced) {
            return false;
        }
        sweep(now, announcer);
        return true;
    }

    private void sweep(long settled, Announcer announcer) {
        nextEnd = NEVER;
        nextDeadline = NEVER;
        nextUnannounced = NEVER;
        for (Iterator<SeriesWindows> each = series.values().iterator(); each.hasNext(); ) {
            SeriesWindows windows = each.next();
            for (int length = 0; length < plan.windows().size(); length++) {
                windows.ofLength(length).removeIf(window -> !staysAfter(window, settled, announcer));
            }
            if (windows.isEmpty()) {
                each.remove();
            }
        }
    }

    private boolean staysAfter(OpenWindow window, long settled, Announcer announcer) {
        long deadline = window.deadline(plan.grace());
        boolean passed = clock.hasPassed(window.end(), plan.grace());
        boolean closes = !window.closed && clock.hasClosed(window, plan.grace());
        if (!window.announced && (passed || closes || settled >= deadline)) {
            announcer.announce(id, window, true);
            window.announced = true;
            touch(window);
        }
        if (passed) {
            open--;
            removed.add(window);
            return false;
        }
        if (closes) {
            window.close();
            touch(window);
        }
        nextEnd = Math.min(nextEnd, window.end());
        if (!window.closed) {
            nextDeadline = Math.min(nextDeadline, deadline);
        }
        if (!window.announced) {
            nextUnannounced = Math.min(nextUnannounced, deadline);
        }
        return true;
    }

    /** Whether every window's final value has gone out, so that no clock need look at this device. */
    boolean isSettled() {
        return nextUnannounced == NEVER;
    }

    int openWindows() {
        return open;
    }

    /** Hands over what changed since the last call, and forgets that it did. */
    void drain(Changes to) {
        for (OpenWindow window : removed) {
            window.dirty = false;
            if (window.stored) {
                to.removed(this, window);
            }
        }
        removed.clear();
        for (OpenWindow window : changed) {
            if (window.dirty) {
                window.dirty = false;
                window.stored = true;
                to.changed(this, window);
            }
        }
        changed.clear();
    }

    /** Receives what must reach the store. */
    interface Changes {
        void changed(DeviceState device, OpenWindow window);

        void removed(DeviceState device, OpenWindow window);
    }
}
