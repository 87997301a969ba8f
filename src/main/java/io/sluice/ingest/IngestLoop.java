package io.sluice.ingest;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the connections of one event loop share: decoder and buffers, the way to the log, and one timer each for late
 * acknowledgements and for heartbeats. Used on that loop only.
 */
final class IngestLoop implements Timers {
    private static final long TICK_MS = 1_000;

    private final EventLoop loop;
    private final PackJudge judge;
    private final MessageLog.Lane lane;
    private final long ackIntervalMs;
    private final Set<DeviceConnection> connections = new LinkedHashSet<>();
    private List<Session> ackDue = new ArrayList<>();
    private boolean ticking;

    IngestLoop(EventLoop loop, PackJudge judge, MessageLog log, long ackIntervalMs) {
        this.loop = loop;
        this.judge = judge;
        this.lane = log.lane(loop);
        this.ackIntervalMs = ackIntervalMs;
    }

    PackJudge judge() {
        return judge;
    }

    MessageLog.Lane lane() {
        return lane;
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    void add(DeviceConnection connection) {
        connections.add(connection);
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    void remove(DeviceConnection connection) {
        connections.remove(connection);
    }

    /** The log has room again. */
    void relieve() {
        for (DeviceConnection connection : List.copyOf(connections)) {
            connection.session().release();
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void after(long millis, Runnable task) {
        loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void ackDue(Session session) {
        ackDue.add(session);
        if (ackDue.size() == 1) {
            loop.schedule(this::sendDueAcks, ackIntervalMs, TimeUnit.MILLISECONDS);
        }
    }

    private void sendDueAcks() {
        List<Session> due = ackDue;
        ackDue = new ArrayList<>();
        due.forEach(Session::sendDueAck);
    }

    private void tick() {
        long now = nanos();
        for (DeviceConnection connection : List.copyOf(connections)) {
            connection.tick(now);
        }
        if (connections.isEmpty()) {
            ticking = false;
        } else {
            loop.schedule(this::tick, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }
}
