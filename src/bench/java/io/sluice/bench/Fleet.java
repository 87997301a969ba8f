package io.sluice.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The devices of one load at one server. Connected once, before anything is measured; silent between its runs. */
final class Fleet {
    private static final int CONNECTING = 50;
    private static final long PATIENCE_SECONDS = 30;
    /** What an open loop may add to a delay: 1,000 devices a tick cost next to nothing, a timer for each does. */
    private static final long TICK_MILLIS = 1;

    private final List<DeviceSocket> devices;

    private Fleet(List<DeviceSocket> devices) {
        this.devices = devices;
    }

    /** @param device makes one for each socket, all with the same kind of pace */
    static Fleet connect(EventLoopGroup loops, List<Socket> sockets, Supplier<DeviceSocket> device) throws Exception {
        List<DeviceSocket> devices = new ArrayList<>();
        List<CompletableFuture<DeviceSocket>> opening = new ArrayList<>();
        for (Socket socket : sockets) {
            DeviceSocket next = device.get();
            socket.open(loops, next, next.open()::completeExceptionally);
            devices.add(next);
            opening.add(next.open());
            if (opening.size() == CONNECTING || devices.size() == sockets.size()) {
                CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new))
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                opening.clear();
            }
        }
        return new Fleet(devices);
    }

    /**
     * Sends for so long, then waits until all is acknowledged.
     *
     * @return from the moment when a message was due to its acknowledgement, in µs; one value per message, so their number is
     *     the messages'
     */
    Histogram run(long millis) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Map<EventLoop, List<DeviceSocket>> byLoop = devices.stream()
                .collect(Collectors.groupingBy(
                        device -> device.context().channel().eventLoop(), LinkedHashMap::new, Collectors.toList()));
        Collection<Turn> turns = new ArrayList<>();
        byLoop.forEach((loop, members) -> {
            Turn turn = new Turn(members.size(), deadline);
            turns.add(turn);
            loop.execute(() -> members.forEach(device -> device.begin(turn)));
            if (members.get(0).pace().isOpenLoop()) {
                tick(loop, members, turn);
            }
        });
        Histogram delays = new Histogram(3);
        for (Turn turn : turns) {
            try {
                delays.add(turn.end()
                        .get(millis + TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), TimeUnit.MILLISECONDS)
                        .delays());
            } catch (TimeoutException e) {
                throw new IllegalStateException(
                        "not all was acknowledged within " + PATIENCE_SECONDS + " s after the last message", e);
            }
        }
        return delays;
    }

    private static void tick(EventLoop loop, List<DeviceSocket> members, Turn turn) {
        ScheduledFuture<?> ticks = loop.scheduleAtFixedRate(
                () -> {
                    long now = System.nanoTime();
                    members.forEach(device -> device.tick(now));
                },
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        turn.end().whenComplete((ended, failure) -> ticks.cancel(false));
    }

    /** Fails where a connection has ended. */
    void expectOpen() {
        long ended = devices.stream()
                .filter(device -> !device.context().channel().isActive())
                .count();
        if (ended > 0) {
            throw new IllegalStateException(ended + " of " + devices.size() + " connections have ended");
        }
    }

    void close() {
        devices.forEach(device -> device.context().close());
    }
}
