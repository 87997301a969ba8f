package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one task as objects, over the logged store that makes them durable. A reading changes objects only;
 * what changed is written once per commit ({@link #save}), which is what makes 20,000 readings a second cheap: a window
 * takes one write per commit and not one per reading.
 *
 * <p>Devices whose windows are all announced and whose counts are told leave the heap, the longest unused first, once
 * there are more than the configured number; the others stay, so the heap holds that number or as many as sent within
 * about a minute.
 *
 * <p>Not thread-safe; belongs to one initialisation of one task. A task that is initialised again starts with a new
 * one, because what the old one held beyond the store was never committed.
 */
final class LiveDevices implements DeviceState.Changes {
    /** Devices looked at in one go by {@link #forgetSilent}, so that it never holds the thread up. */
    private static final int SILENT_STEP = 2_000;

    /**
     * Between two tellings of one device's counts, ms. A device that repeats, or is late, with every message would otherwise cost a
     * record per commit, five a second, for a number that people look at.
     */
    static final long TELL_EVERY = 5_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RollupPlan plan;
    private final RollupCounters counters;
    private final CountsListener listener;
    private final int maxDevices;
    private final LinkedHashMap<String, DeviceState> heap = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<DeviceState> dirty = new LinkedHashSet<>();
    /** With windows of which interim values are to be shown. */
    private final Set<DeviceState> unseen = new LinkedHashSet<>();
    /** With counts that are to be told; they stay on the heap until then. */
    private final Set<DeviceState> untold = new LinkedHashSet<>();

    private final List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
    private final ByteBuffer scratch = StateLayout.scratch();
    private @Nullable Bytes silentCursor;
    private long position;
    private boolean positionMoved;
    private boolean evictionDue;

    LiveDevices(
            KeyValueStore<Bytes, byte[]> store,
            RollupPlan plan,
            RollupCounters counters,
            CountsListener listener,
            int maxDevices) {
        this.store = store;
        this.plan = plan;
        this.counters = counters;
        this.listener = listener;
        this.maxDevices = maxDevices;
        byte[] stored = store.get(StateLayout.POSITION);
        position = stored == null ? 0 : StateLayout.position(stored);
        loadUnfinished();
    }

    /** Devices of which something must still be said, though no further message comes, have to be on the heap. */
    private void loadUnfinished() {
        try (KeyValueIterator<Bytes, byte[]> devices =
                store.range(StateLayout.firstDevice(), StateLayout.afterDevices())) {
            while (devices.hasNext()) {
                KeyValue<Bytes, byte[]> next = devices.next();
                if (StateLayout.isUnfinished(next.value)) {
                    String id = StateLayout.deviceOf(next.key);
                    DeviceState device = load(id, next.value);
                    heap.put(id, device);
                    if (device.untoldCounts) {
                        untold.add(device);
                    }
                }
            }
        }
    }

    /** Offset of the next record of the input that this state does not contain. */
    long position() {
        return position;
    }

    void moveTo(long nextOffset) {
        position = nextOffset;
        positionMoved = true;
    }

    /** For a message of the device: it counts as changed from now on. */
    DeviceState of(String id) {
        DeviceState device = heap.get(id);
        if (device == null) {
            byte[] value = store.get(StateLayout.deviceKey(id));
            device = value == null ? new DeviceState(id, plan, counters) : load(id, value);
            heap.put(id, device);
        }
        dirty.add(device);
        unseen.add(device);
        return device;
    }

    private DeviceState load(String id, byte[] value) {
        DeviceState device = StateLayout.device(id, value, plan, counters);
        List<Bytes> unknown = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> windows =
                store.range(StateLayout.firstWindow(id), StateLayout.afterWindows(id))) {
            while (windows.hasNext()) {
                KeyValue<Bytes, byte[]> next = windows.next();
                if (!StateLayout.keep(device, plan, next.key, next.value)) {
                    unknown.add(next.key);
                }
            }
        }
        unknown.forEach(key -> batch.add(KeyValue.pair(key, null)));
        unseen.add(device);
        return device;
    }

    /** Announces the windows that are over at that wall clock time, of all devices. */
    void settle(long now, Announcer announcer) {
        evictionDue = true;
        for (DeviceState device : heap.values()) {
            if (device.settle(now, announcer)) {
                dirty.add(device);
            }
        }
    }

    /**
     * Shows the interim values of the windows that changed; see {@link OpenWindow#show}.
     *
     * @param now wall clock, ms
     * @return whether all were shown
     */
    boolean show(Announcer announcer, long now) {
        unseen.removeIf(device -> device.show(announcer, now));
        return unseen.isEmpty();
    }

    /**
     * Writes what changed to the store, and tells counts.
     *
     * @param sending whether anything can go out; not while the task is being closed
     * @param now wall clock, ms
     */
    void save(boolean sending, long now) {
        for (DeviceState device : dirty) {
            if (device.untoldCounts) {
                untold.add(device);
            }
        }
        if (sending) {
            untold.removeIf(device -> tell(device, now));
        }
        for (DeviceState device : dirty) {
            device.drain(this);
            batch.add(KeyValue.pair(StateLayout.deviceKey(device.id), StateLayout.deviceValue(device, scratch)));
        }
        if (positionMoved) {
            batch.add(KeyValue.pair(StateLayout.POSITION, StateLayout.position(position)));
        }
        if (!batch.isEmpty()) {
            store.putAll(batch);
        }
        batch.clear();
        dirty.clear();
        positionMoved = false;
        if (evictionDue) {
            evictionDue = false;
            evict();
        }
    }

    /** Whether it was told now; what is told is committed with the flag that says so. */
    private boolean tell(DeviceState device, long now) {
        if (now < device.nextTelling) {
            return false;
        }
        listener.counted(device);
        device.untoldCounts = false;
        device.nextTelling = now + TELL_EVERY;
        dirty.add(device);
        return true;
    }

    @Override
    public void changed(DeviceState device, OpenWindow window) {
        batch.add(KeyValue.pair(StateLayout.windowKey(device.id, window), window.toBytes()));
    }

    @Override
    public void removed(DeviceState device, OpenWindow window) {
        batch.add(KeyValue.pair(StateLayout.windowKey(device.id, window), null));
    }

    /** Only right after saving: nothing on the heap is newer than the store then. */
    private void evict() {
        Iterator<Map.Entry<String, DeviceState>> eldest = heap.entrySet().iterator();
        while (heap.size() > maxDevices && eldest.hasNext()) {
            DeviceState device = eldest.next().getValue();
            if (device.isSettled() && !device.untoldCounts) {
                eldest.remove();
            }
        }
    }

    /**
     * Removes devices that sent nothing for as long as an epoch lives; a later reading of theirs would be refused as
     * stale, so nothing can be counted twice. Looks at some devices each time and goes on behind them the next time.
     *
     * @param now wall clock, ms; only for a caller that has read all there was by that time
     */
    void forgetSilent(long now) {
        Bytes from = silentCursor == null ? StateLayout.firstDevice() : silentCursor;
        Map<String, Boolean> silent = new LinkedHashMap<>();
        silentCursor = null;
        int looked = 0;
        try (KeyValueIterator<Bytes, byte[]> devices = store.range(from, StateLayout.afterDevices())) {
            while (devices.hasNext()) {
                KeyValue<Bytes, byte[]> next = devices.next();
                if (looked++ == SILENT_STEP) {
                    silentCursor = next.key;
                    break;
                }
                if (now - StateLayout.lastArrival(next.value) > Deduplication.LIFE) {
                    silent.put(StateLayout.deviceOf(next.key), StateLayout.hasCounts(next.value));
                }
            }
        }
        silent.forEach((id, hasCounts) -> {
            if (forget(id, now) && hasCounts) {
                listener.forgotten(id);
            }
        });
    }

    private boolean forget(String id, long now) {
        DeviceState device = heap.get(id);
        if (device != null && now - device.clock.arrival() <= Deduplication.LIFE) {
            return false;
        }
        heap.remove(id);
        dirty.remove(device);
        unseen.remove(device);
        untold.remove(device);
        try (KeyValueIterator<Bytes, byte[]> windows =
                store.range(StateLayout.firstWindow(id), StateLayout.afterWindows(id))) {
            windows.forEachRemaining(each -> batch.add(KeyValue.pair(each.key, null)));
        }
        batch.add(KeyValue.pair(StateLayout.deviceKey(id), null));
        return true;
    }

    int onHeap() {
        return heap.size();
    }
}
