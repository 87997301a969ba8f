package io.sluice.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The devices of one load at one server. Connected once, before anything is measured; silent between its runs. */
final class Fleet {
    private static final int CONNECTING = 50;
    private static final long PATIENCE_SECONDS = 30;
    private static final int MAX_FRAME = 65_536;

    private final List<DeviceSocket> devices;

    private Fleet(List<DeviceSocket> devices) {
        this.devices = devices;
    }

    static Fleet connect(EventLoopGroup loops, Server server, Load load, Random random) throws Exception {
        Messages messages = new Messages(load, System.currentTimeMillis(), random);
        List<DeviceSocket> devices = new ArrayList<>();
        List<CompletableFuture<DeviceSocket>> opening = new ArrayList<>();
        for (int i = 0; i < load.connections; i++) {
            DeviceSocket device = new DeviceSocket(load, messages);
            connect(loops, server, load.device(i), device);
            devices.add(device);
            opening.add(device.open());
            if (opening.size() == CONNECTING || i == load.connections - 1) {
                CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new))
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                opening.clear();
            }
        }
        return new Fleet(devices);
    }

    /** The subprotocol says how the server speaks, and only that. */
    private static void connect(EventLoopGroup loops, Server server, String name, DeviceSocket device) {
        new Socket(server.address(), "/ingest", "sluice.v1.senml+json", server.authorization(name), MAX_FRAME)
                .open(loops, device, device.open()::completeExceptionally);
    }

    /**
     * Sends for so long, then waits until all is acknowledged.
     *
     * @return from sending to acknowledgement, in µs; one value per message, so their number is the messages'
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

    void close() {
        devices.forEach(device -> device.context().close());
    }
}
