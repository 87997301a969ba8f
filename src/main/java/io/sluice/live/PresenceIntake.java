package io.sluice.live;

import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import io.sluice.presence.PresenceRecord.Connected;
import io.sluice.presence.PresenceRecord.Disconnected;
import io.sluice.presence.PresenceRecord.Late;
import io.sluice.presence.PresenceRecord.Lease;
import io.sluice.presence.PresenceRecord.Remains;
import io.sluice.presence.PresenceRecord.Repeats;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code presence}: who is connected. A device counts as connected while the lease of the instance that announced
 * it runs; a disconnect that names another session than the one announced is ignored, because the device is connected
 * anew.
 *
 * <p>Records of an instance may be read before its lease, which is on another partition: an instance that is not known
 * yet is believed for {@link #UNKNOWN_LEASE_MS}.
 *
 * <p>Thread-safe: records come from the follower, the clock from the pulse.
 */
final class PresenceIntake implements Intake {
    static final long UNKNOWN_LEASE_MS = 15_000;

    private static final long REFRESH_MS = 30_000;
    private static final long FORGET_LEASE_MS = 3_600_000;
    private static final int MAX_INSTANCES = 10_000;

    private final Board board;
    private final LastSeen lastSeen;
    private final LongSupplier clock;
    private final Map<String, Standing> devices;
    private final Map<String, Repeats> repeats;
    private final Map<String, Late> late;
    private final ConnectionHistory history;
    private final Map<String, Long> leases = new HashMap<>();
    private boolean live;
    private long nextRefresh;

    PresenceIntake(Board board, LastSeen lastSeen, LongSupplier clock, int maxDevices, ConnectionHistory history) {
        this.history = history;
        this.board = board;
        this.lastSeen = lastSeen;
        this.clock = clock;
        devices = bounded(maxDevices);
        repeats = bounded(maxDevices);
        late = bounded(maxDevices);
    }

    private static <V> Map<String, V> bounded(int maxDevices) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > maxDevices;
            }
        };
    }

    @Override
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            throw new IllegalArgumentException("key is missing");
        }
        if (record.value() == null) {
            forget(new String(record.key(), StandardCharsets.UTF_8));
            return;
        }
        PresenceRecord presence = PresenceCodec.decode(record.value());
        if (presence instanceof Lease lease) {
            if (leases.size() < MAX_INSTANCES || leases.containsKey(lease.instance())) {
                leases.put(lease.instance(), lease.untilMs());
            }
        } else if (presence instanceof Connected connected) {
            believeForNow(connected.instance());
            history.connected(connected.device(), connected.session(), connected.sinceMs());
            stand(connected.device(), new Standing(connected, null, record));
        } else if (presence instanceof Remains remains) {
            believeForNow(remains.instance());
            history.connected(remains.device(), remains.session(), remains.sinceMs());
            if (announced(remains.device()) == null) {
                // The announcement was compacted away.
                Connected connected = new Connected(
                        remains.device(), remains.group(), remains.session(), remains.instance(), remains.sinceMs());
                stand(remains.device(), new Standing(connected, null, record));
            }
        } else if (presence instanceof Disconnected disconnected) {
            history.disconnected(disconnected);
            Connected announced = announced(disconnected.device());
            if (announced == null || announced.session().equals(disconnected.session())) {
                stand(disconnected.device(), new Standing(null, disconnected, record));
            }
        } else if (presence instanceof Repeats counted) {
            repeats.put(counted.key(), counted);
        } else if (presence instanceof Late counted) {
            late.put(counted.key(), counted);
        } else {
            throw new IllegalArgumentException("no presence record");
        }
    }

    private @Nullable Connected announced(String device) {
        Standing standing = devices.get(device);
        return standing == null ? null : standing.connected;
    }

    private void believeForNow(String instance) {
        if (leases.size() < MAX_INSTANCES) {
            leases.putIfAbsent(instance, clock.getAsLong() + UNKNOWN_LEASE_MS);
        }
    }

    /**
     * The record of that key is no more. A deleted device's counts stay until their own records go: they are still on the
     * topic, and an instance that starts now will read them.
     */
    synchronized void forget(String key) {
        repeats.remove(key);
        late.remove(key);
        history.forget(key);
        Standing standing = devices.remove(key);
        if (standing != null && standing.published != null) {
            board.remove(standing.published, 0);
        }
    }

    private void stand(String device, Standing standing) {
        Standing before = devices.put(device, standing);
        if (before != null) {
            standing.published = before.published;
        }
        if (live) {
            publish(device, standing, clock.getAsLong(), standing.offset);
        }
    }

    @Override
    public synchronized void caughtUp() {
        live = true;
        long now = clock.getAsLong();
        devices.forEach((device, standing) -> publish(device, standing, now, standing.offset));
    }

    /** Once a second: devices of instances whose lease ran out or runs again, and now and then when each was seen. */
    synchronized void tick() {
        if (!live) {
            return;
        }
        long now = clock.getAsLong();
        boolean refresh = now >= nextRefresh;
        if (refresh) {
            nextRefresh = now + REFRESH_MS;
        }
        devices.forEach((device, standing) -> {
            if (standing.connected == null) {
                return;
            }
            if (isAlive(standing.connected, now) != standing.shownConnected) {
                // No record says so: it belongs into every recovery, since another instance may have noticed later.
                standing.offset = Long.MAX_VALUE;
                publish(device, standing, now, Long.MAX_VALUE);
            } else if (refresh && lastSeen.of(device, standing.connected.sinceMs()) != standing.shownLastSeen) {
                publish(device, standing, now, standing.offset);
            }
        });
        for (Iterator<Long> untils = leases.values().iterator(); untils.hasNext(); ) {
            if (untils.next() < now - FORGET_LEASE_MS) {
                untils.remove();
            }
        }
    }

    /** Whether the device is connected now, on any instance. */
    synchronized boolean isConnected(String device) {
        Standing standing = devices.get(device);
        return standing != null && standing.connected != null && isAlive(standing.connected, clock.getAsLong());
    }

    /**
     * The newest first; null before the topic was read to its end. Where an instance has died, the connections it held have
     * no end.
     */
    synchronized @Nullable List<ConnectionHistory.Past> connectionsOf(String device) {
        return live ? history.of(device) : null;
    }

    /** Messages of the device that repeated a counted number; null before the topic was read to its end. */
    synchronized @Nullable Repeats repeatsOf(String device) {
        return live ? repeats.getOrDefault(Repeats.keyOf(device), new Repeats(device, 0, 0, 0)) : null;
    }

    /** Readings of the device that came too late; null before the topic was read to its end. */
    synchronized @Nullable Late lateOf(String device) {
        return live ? late.getOrDefault(Late.keyOf(device), new Late(device, 0, 0)) : null;
    }

    private boolean isAlive(Connected connected, long now) {
        Long until = leases.get(connected.instance());
        return until != null && until >= now;
    }

    private void publish(String device, Standing standing, long now, long offset) {
        Connected connected = standing.connected;
        Disconnected disconnected = standing.disconnected;
        StringBuilder json = new StringBuilder(160).append("{\"device\":").append(Json.quote(device));
        @Nullable String group;
        if (connected != null) {
            boolean alive = isAlive(connected, now);
            Long until = leases.get(connected.instance());
            group = connected.group();
            standing.shownConnected = alive;
            standing.shownLastSeen = lastSeen.of(device, connected.sinceMs());
            long since = alive || until == null ? connected.sinceMs() : Math.max(until, connected.sinceMs());
            append(json, alive, since, group, connected.session(), standing.shownLastSeen);
        } else if (disconnected != null) {
            group = disconnected.group();
            standing.shownConnected = false;
            append(json, false, disconnected.sinceMs(), group, disconnected.session(), disconnected.sinceMs());
            json.append(",\"closeCode\":").append(disconnected.closeCode());
        } else {
            return;
        }
        SeriesKey key = SeriesKey.ofDevice(device, group, "");
        if (standing.published != null && !standing.published.equals(key)) {
            board.remove(standing.published, 0);
        }
        standing.published = key;
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        board.put(key, 0, true, bytes, standing.partition, offset, standing.timestamp);
    }

    private static void append(
            StringBuilder json, boolean connected, long since, @Nullable String group, String session, long lastSeen) {
        json.append(",\"connected\":").append(connected).append(",\"since\":").append(since);
        if (group != null) {
            json.append(",\"group\":").append(Json.quote(group));
        }
        json.append(",\"session\":")
                .append(Json.quote(session))
                .append(",\"lastSeen\":")
                .append(lastSeen);
    }

    /** What is announced of a device, where it was announced, and what of it was shown. */
    private static final class Standing {
        private final @Nullable Connected connected;
        private final @Nullable Disconnected disconnected;
        private final int partition;
        private final long timestamp;
        private long offset;
        private @Nullable SeriesKey published;
        private boolean shownConnected;
        private long shownLastSeen;

        Standing(
                @Nullable Connected connected,
                @Nullable Disconnected disconnected,
                ConsumerRecord<byte[], byte[]> record) {
            this.connected = connected;
            this.disconnected = disconnected;
            partition = record.partition();
            offset = record.offset();
            timestamp = record.timestamp();
        }
    }
}
