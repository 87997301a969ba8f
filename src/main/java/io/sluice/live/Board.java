package io.sluice.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of a channel in memory: one item per key, in the order of the changes. A replaced item costs no growth,
 * and a reader costs nothing at all: it holds a version and asks for what changed since.
 *
 * <p>Thread-safe; every method is short (a page looks at a bounded number of items beyond those it skips).
 */
final class Board {
    private static final int MAX_NAMED_SOURCES = 64;
    private static final int EVICTION_FRACTION = 16;

    private final Channel channel;
    private final BoardLimits limits;
    private final Reach reach;
    private final Map<SeriesKey, Series> series = new HashMap<>();
    private final Map<String, Source> devices = new HashMap<>();
    private final Map<String, Source> groups = new HashMap<>();
    private final ChangeLog changes = new ChangeLog(1_024);
    private int count;
    private long version;
    private long forgottenVersion;
    private boolean caughtUp;

    Board(Channel channel, BoardLimits limits) {
        this.channel = channel;
        this.limits = limits;
        reach = new Reach(channel);
    }

    /** Reading starts at these offsets, one per partition; what is known of another topic of that name is forgotten. */
    synchronized void begin(long topicTag, long[] startOffsets) {
        for (Series one : List.copyOf(series.values())) {
            while (one.size() > 0) {
                drop(one.newest());
            }
        }
        reach.begin(topicTag, startOffsets);
    }

    synchronized boolean isOf(long topicTag, int partitions) {
        return reach.isOf(topicTag, partitions);
    }

    /**
     * Puts the newest state of a key.
     *
     * @param offset of its record; {@link Long#MAX_VALUE} where it is derived and belongs into every recovery
     * @param timestamp ms since 1970, of its record
     */
    void put(SeriesKey key, long start, boolean isFinal, byte[] json, int partition, long offset, long timestamp) {
        put(key, start, isFinal, json, partition, offset, timestamp, Item.NO_NEWS);
    }

    /** @param arrived see {@link Item#arrived} */
    synchronized void put(
            SeriesKey key,
            long start,
            boolean isFinal,
            byte[] json,
            int partition,
            long offset,
            long timestamp,
            long arrived) {
        Series one = series.get(key);
        if (one == null) {
            one = new Series(key, sourceOf(key));
            one.source.series.add(one);
            series.put(key, one);
        }
        Item item = one.at(start);
        if (item.version == Item.GONE) {
            count++;
        } else {
            changes.supersede();
            one.source.changes.supersede();
        }
        item.json = json;
        item.isFinal = isFinal;
        item.partition = partition;
        item.offset = offset;
        item.timestamp = timestamp;
        item.arrived = arrived;
        item.version = ++version;
        changes.append(item, version);
        one.source.changes.append(item, version);
        if (one.size() > limits.perSeries()) {
            Item oldest = one.longestUnchanged();
            if (oldest != null && oldest.timestamp < timestamp - limits.graceMs()) {
                forget(oldest);
            }
        }
        if (count > limits.maxItems()) {
            makeRoom();
        }
    }

    /** Takes a key off the board: its record was deleted. */
    synchronized void remove(SeriesKey key, long start) {
        Series one = series.get(key);
        Item item = one == null ? null : one.get(start);
        if (item != null) {
            drop(item);
        }
    }

    /** Null where the newest one of that key is not final. */
    synchronized byte @Nullable [] finalValue(SeriesKey key, long start) {
        Series one = series.get(key);
        Item item = one == null ? null : one.get(start);
        return item == null || !item.isFinal ? null : item.json;
    }

    /** Takes all of a device off the board. */
    synchronized void removeDevice(String device) {
        Source source = devices.get(device);
        if (source != null) {
            for (Series one : List.copyOf(source.series)) {
                while (one.size() > 0) {
                    drop(one.newest());
                }
            }
        }
    }

    /** Of which there is anything. */
    synchronized Set<String> devices() {
        return Set.copyOf(devices.keySet());
    }

    private Source sourceOf(SeriesKey key) {
        String device = key.device();
        return device != null
                ? devices.computeIfAbsent(device, d -> new Source())
                : groups.computeIfAbsent(String.valueOf(key.group()), g -> new Source());
    }

    private void makeRoom() {
        int goal = Math.max(1, limits.maxItems() / EVICTION_FRACTION);
        int freed = evictOldest(goal, limits.keepNewest());
        if (freed < goal) {
            evictOldest(goal - freed, false);
        }
    }

    private int evictOldest(int goal, boolean keepNewest) {
        int freed = 0;
        for (int slot = 0; slot < changes.size() && freed < goal; slot++) {
            Item item = changes.item(slot);
            if (changes.isValid(slot) && !(keepNewest && item.series.isNewest(item))) {
                forget(item);
                freed++;
            }
        }
        return freed;
    }

    /** Forgets what has not changed within the retention. */
    synchronized void expire(long now) {
        long limit = now - limits.retentionMs();
        for (int slot = 0; slot < changes.size(); slot++) {
            if (changes.isValid(slot)) {
                Item item = changes.item(slot);
                if (item.timestamp >= limit) {
                    return;
                }
                forget(item);
            }
        }
    }

    private void forget(Item item) {
        reach.forgot(item.series.key.window(), item.partition, item.offset);
        forgottenVersion = Math.max(forgottenVersion, item.version);
        drop(item);
    }

    private void drop(Item item) {
        Series one = item.series;
        item.leave();
        count--;
        changes.supersede();
        one.source.changes.supersede();
        one.remove(item);
        if (one.size() == 0) {
            series.remove(one.key);
            one.source.series.remove(one);
            if (one.source.series.isEmpty()) {
                String device = one.key.device();
                if (device != null) {
                    devices.remove(device);
                } else {
                    groups.remove(String.valueOf(one.key.group()));
                }
            }
        }
    }

    synchronized void readUpTo(int partition, long nextOffset) {
        reach.readUpTo(partition, nextOffset);
    }

    synchronized long nextOffset(int partition) {
        return reach.nextOffset(partition);
    }

    synchronized void skippedTo(int partition, long offset) {
        reach.skippedTo(partition, offset);
    }

    /** What was on Kafka when reading began has been read. */
    synchronized void caughtUp() {
        caughtUp = true;
    }

    synchronized boolean isCaughtUp() {
        return caughtUp;
    }

    /** Whether a snapshot would be whole: what was on Kafka at the start has been read, and {@code since} is reached. */
    synchronized boolean isReadyFor(@Nullable Position since) {
        return caughtUp && (since == null || !reach.isBehind(since));
    }

    synchronized boolean covers(Position since, @Nullable String window) {
        return caughtUp && reach.covers(since, window);
    }

    synchronized Position position() {
        return reach.position();
    }

    synchronized Position origin() {
        return reach.origin();
    }

    synchronized long version() {
        return version;
    }

    /** The greatest version that was forgotten for want of room or for its age: a reader behind it missed something. */
    synchronized long forgottenVersion() {
        return forgottenVersion;
    }

    synchronized int size() {
        return count;
    }

    /** What changed after that version, in the order of the changes, as much as fits. */
    synchronized Page page(Query query, long afterVersion, int maxItems, int maxBytes) {
        List<byte[]> items = new ArrayList<>();
        int bytes = 0;
        int conflated = 0;
        long reached = afterVersion;
        boolean end = true;
        long oldestArrival = Item.NO_NEWS;
        Slots slots = slots(query.filter(), afterVersion);
        while (slots.advance()) {
            Item item = slots.item();
            if (query.filter().matches(item.series.key)) {
                if (!slots.isValid()) {
                    conflated += item.version == Item.GONE || query.finalsOnly() ? 0 : 1;
                } else if (query.wants(item)) {
                    bytes += item.json.length + 1;
                    if (items.size() == maxItems || (bytes > maxBytes && !items.isEmpty())) {
                        end = false;
                        break;
                    }
                    items.add(item.json);
                    oldestArrival = Math.min(oldestArrival, item.arrived);
                }
            }
            reached = slots.version();
        }
        return new Page(items, conflated, end ? version : reached, end, reach.position(), oldestArrival);
    }

    /** How many items a query would still get after that version, counted up to the limit. */
    synchronized int pending(Query query, long afterVersion, int limit) {
        int pending = 0;
        Slots slots = slots(query.filter(), afterVersion);
        while (pending < limit && slots.advance()) {
            Item item = slots.item();
            if (slots.isValid() && query.filter().matches(item.series.key) && query.wants(item)) {
                pending++;
            }
        }
        return pending;
    }

    private Slots slots(Filter filter, long afterVersion) {
        Set<String> namedDevices = filter.devices();
        Set<String> namedGroups = filter.groups();
        if (namedDevices == null
                || namedGroups == null
                || namedDevices.size() + namedGroups.size() > MAX_NAMED_SOURCES
                // Presence and rejects stand under their device, whatever its group.
                || (channel != Channel.ROLLUPS && !namedGroups.isEmpty())) {
            return new Slots(List.of(changes), afterVersion);
        }
        List<ChangeLog> logs = new ArrayList<>();
        addChanged(logs, devices, namedDevices, afterVersion);
        addChanged(logs, groups, namedGroups, afterVersion);
        return new Slots(logs.isEmpty() ? List.of(NOTHING) : logs, afterVersion);
    }

    private static final ChangeLog NOTHING = new ChangeLog(0);

    private static void addChanged(
            List<ChangeLog> logs, Map<String, Source> sources, Set<String> names, long afterVersion) {
        for (String name : names) {
            Source source = sources.get(name);
            if (source != null && source.changes.after(afterVersion) < source.changes.size()) {
                logs.add(source.changes);
            }
        }
    }

    /** How many windows each matching series may give so that all together stay near {@code items}; at least 1. */
    synchronized int depth(Filter filter, int items) {
        int matching = 0;
        for (SeriesKey key : series.keySet()) {
            if (filter.matches(key)) {
                matching++;
            }
        }
        return Math.max(1, items / Math.max(1, matching));
    }

    /** The newest item of each series, in the order of their keys. */
    synchronized List<Newest> newest(Filter filter) {
        List<Newest> found = new ArrayList<>();
        for (Series one : series.values()) {
            if (filter.matches(one.key)) {
                Item item = one.newest();
                found.add(new Newest(one.key, item.json, item.partition, item.offset));
            }
        }
        found.sort(Comparator.comparing(Newest::key, SeriesKey.ORDER));
        return found;
    }

    /** The newest items first. */
    synchronized List<Newest> latestFirst(Filter filter, int limit) {
        List<Newest> found = new ArrayList<>();
        for (int slot = changes.size() - 1; slot >= 0 && found.size() < limit; slot--) {
            Item item = changes.item(slot);
            if (changes.isValid(slot) && filter.matches(item.series.key)) {
                found.add(new Newest(item.series.key, item.json, item.partition, item.offset));
            }
        }
        return found;
    }

    /** An item and where it came from. */
    record Newest(SeriesKey key, byte[] json, int partition, long offset) {}
}
