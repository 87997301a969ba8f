package io.sluice.live;

import io.sluice.presence.PresenceRecord.Disconnected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest connections of each device, as far as the topic {@code presence} still told them when this instance read it: it
 * is compacted, so what was before is gone after a while. Not thread-safe.
 *
 * <p>At most {@value #PER_DEVICE} of a device, and of so many devices as are configured; those that connected longest ago go.
 */
final class ConnectionHistory {
    static final int PER_DEVICE = 10;

    private final Map<String, Deque<Past>> devices;

    ConnectionHistory(int maxDevices) {
        devices = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Deque<Past>> eldest) {
                return size() > maxDevices;
            }
        };
    }

    /**
     * @param sinceMs ms since 1970; null where its beginning was not told
     * @param end null while it is not told
     */
    record Past(
            String session,
            @Nullable Long sinceMs,
            @Nullable End end) {}

    record End(long atMs, int closeCode) {}

    void connected(String device, String session, long sinceMs) {
        Deque<Past> past = devices.computeIfAbsent(device, name -> new ArrayDeque<>());
        if (past.stream().noneMatch(one -> one.session.equals(session))) {
            add(past, new Past(session, sinceMs, null));
        }
    }

    void disconnected(Disconnected told) {
        Deque<Past> past = devices.computeIfAbsent(told.device(), name -> new ArrayDeque<>());
        End end = new End(told.sinceMs(), told.closeCode());
        List<Past> kept = new ArrayList<>(past);
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i).session.equals(told.session())) {
                kept.set(i, new Past(told.session(), kept.get(i).sinceMs, end));
                past.clear();
                past.addAll(kept);
                return;
            }
        }
        // Its beginning is not told any more, but that it began before what is still open.
        int place = 0;
        while (place < kept.size() && kept.get(place).end != null) {
            place++;
        }
        kept.add(place, new Past(told.session(), null, end));
        past.clear();
        past.addAll(kept.subList(Math.max(0, kept.size() - PER_DEVICE), kept.size()));
    }

    private static void add(Deque<Past> past, Past one) {
        past.addLast(one);
        if (past.size() > PER_DEVICE) {
            past.removeFirst();
        }
    }

    void forget(String device) {
        devices.remove(device);
    }

    /** The newest first. */
    List<Past> of(String device) {
        List<Past> newestFirst = new ArrayList<>(devices.getOrDefault(device, new ArrayDeque<>()));
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
