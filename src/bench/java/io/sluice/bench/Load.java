package io.sluice.bench;

import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a fleet sends, in a closed loop: always as many messages in flight as stand here; or in an open one. */
enum Load {
    /** As fleets behave: one reading a message, the next when the last is acknowledged. */
    W1(500, 1, 1),
    /** As a gateway behaves that sends what has piled up. */
    S10(100, 8, 10),
    /** The same in CBOR, which the references do not read. */
    C10(100, 8, 10, Trait.CBOR),
    /** {@link #W1} over TLS. */
    W1S(500, 1, 1, Trait.TLS),
    /** One reading a message at a fixed rate, so that a stall shows; a device's window is what Sluice tells it. */
    OPEN(1_000, SteadyLoad.WINDOW, 1, Trait.OPEN_LOOP);

    private enum Trait {
        CBOR,
        TLS,
        OPEN_LOOP
    }

    final int connections;
    final int inFlight;
    final int readings;
    final boolean isCbor;
    final boolean isOpenLoop;
    private final boolean isSecure;

    Load(int connections, int inFlight, int readings, Trait... traits) {
        List<Trait> given = List.of(traits);
        this.connections = connections;
        this.inFlight = inFlight;
        this.readings = readings;
        this.isCbor = given.contains(Trait.CBOR);
        this.isSecure = given.contains(Trait.TLS);
        this.isOpenLoop = given.contains(Trait.OPEN_LOOP);
    }

    /** Not every load at every server: each pairing takes its minute. */
    boolean isFor(String server) {
        return switch (this) {
            case W1, S10 -> true;
            case C10 -> server.equals(Servers.SLUICE);
            case W1S -> List.of(Servers.BARE, Servers.SLUICE).contains(server);
            case OPEN -> List.of(Servers.BARE, Servers.SLUICE, Servers.NODE).contains(server);
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Stream<String> devices() {
        return IntStream.range(0, connections).mapToObj(i -> label() + "-" + i);
    }

    /** @param messagesPerSecond of the whole fleet, where the loop is open */
    Fleet connect(EventLoopGroup loops, Server server, long messagesPerSecond, Random random) throws Exception {
        Messages messages = new Messages(this, System.currentTimeMillis(), random);
        List<Socket> sockets =
                devices().map(isSecure ? server::secureIngest : server::ingest).toList();
        return Fleet.connect(
                loops, sockets, () -> new DeviceSocket(messages, pace(messagesPerSecond, random), inFlight));
    }

    private Pace pace(long messagesPerSecond, Random random) {
        if (!isOpenLoop) {
            return Pace.closedLoop();
        }
        long period = TimeUnit.SECONDS.toNanos(connections) / messagesPerSecond;
        return Pace.openLoop(period, random.nextLong(period));
    }
}
