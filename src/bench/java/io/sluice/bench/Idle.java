package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What connections cost that say nothing: memory of the server's process, and the processor time of opening them. Each server is
 * a process of its own for plain and for TLS, Sluice with the role {@code ingest} alone. Of the connections the first half
 * warms, the second half's processor time counts. Its heap is touched in full at start, so that what the process grows by is
 * memory outside the heap, and not garbage.
 */
final class Idle {
    private static final String COMMAND = "src/bench/idle";
    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final int WARMING = 200;
    private static final int CLIENT_LOOPS = 2;

    /** What as {@code name=value} on the command line may be said. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "connections",
            "10000",
            "servers",
            "sluice,bare",
            "settle",
            "10000",
            "jvm",
            "-Xms512m,-Xmx512m,-XX:+AlwaysPreTouch,-XX:+UseSerialGC",
            "document",
            "true");

    /** Octets of live objects, and of the whole process. */
    private record Memory(long heap, long resident) {
        static Memory of(ChildProcess process) throws Exception {
            // In this order: a collection may give memory back.
            return new Memory(process.liveHeapBytes(), process.residentBytes());
        }
    }

    private final int connections;
    private final long settleMillis;
    private final List<String> jvm;
    private final Surroundings surroundings;
    private final EndOffsets offsets;
    private final Map<String, String> tokens;
    private final EventLoopGroup loops = new NioEventLoopGroup(CLIENT_LOOPS);

    private Idle(Map<String, String> given, Surroundings surroundings, EndOffsets offsets) throws Exception {
        this.connections = Integer.parseInt(given.get("connections"));
        this.settleMillis = Long.parseLong(given.get("settle"));
        this.jvm = Arrays.asList(given.get("jvm").split(","));
        this.surroundings = surroundings;
        this.offsets = offsets;
        Server registrar =
                SluiceServer.start(surroundings, List.of("-Xmx256m"), "live", devices(0, WARMING + connections));
        registrar.process().close();
        this.tokens = registrar.tokens();
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = NamedValues.of(arguments, DEFAULTS);
        Conditions conditions = Conditions.now();
        StringBuilder rows = new StringBuilder();
        try (Surroundings surroundings = new Surroundings();
                EndOffsets offsets = new EndOffsets(surroundings.broker())) {
            Idle idle = new Idle(given, surroundings, offsets);
            for (String server : given.get("servers").split(",")) {
                rows.append(idle.row(server, false)).append(idle.row(server, true));
            }
        }
        String report = conditions.describe(String.format(
                        Locale.ROOT,
                        "%,d connections, %d ms after the last of them, servers with `%s`.",
                        Integer.parseInt(given.get("connections")),
                        Long.parseLong(given.get("settle")),
                        given.get("jvm").replace(',', ' ')))
                + "\n\n| server | | heap KB a connection | outside the heap KB | resident KB | CPU ms to open one |\n"
                + "|---|---|---|---|---|---|\n" + rows;
        System.out.println(report);
        if (Boolean.parseBoolean(given.get("document"))) {
            Document.replaceMeasured(DOCUMENT, COMMAND, report);
        }
        System.exit(0);
    }

    private String row(String name, boolean isSecure) throws Exception {
        Server server = start(name);
        try {
            connect(server, isSecure, 0, WARMING).close();
            TimeUnit.MILLISECONDS.sleep(settleMillis);
            Memory before = Memory.of(server.process());
            int half = WARMING + connections / 2;
            List<Fleet> fleets = new ArrayList<>();
            fleets.add(connect(server, isSecure, WARMING, half));
            Duration cpu = server.process().cpu();
            fleets.add(connect(server, isSecure, half, WARMING + connections));
            Duration opening = server.process().cpu().minus(cpu);
            TimeUnit.MILLISECONDS.sleep(settleMillis);
            Memory after = Memory.of(server.process());
            fleets.forEach(Fleet::expectOpen);
            fleets.forEach(Fleet::close);
            double heap = (after.heap() - before.heap()) / 1e3 / connections;
            double outside = (after.resident() - before.resident()) / 1e3 / connections;
            String row = String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f | %.1f | %.2f |%n",
                    name,
                    isSecure ? "wss" : "plain",
                    heap,
                    outside,
                    heap + outside,
                    opening.toNanos() / 1e6 / (connections - connections / 2));
            System.out.print(row);
            return row;
        } finally {
            server.process().close();
        }
    }

    private Server start(String name) throws Exception {
        return name.equals(Servers.SLUICE)
                ? SluiceServer.start(surroundings, jvm, "ingest", tokens)
                : new Servers(surroundings, offsets, jvm).start(name, List.of());
    }

    private Fleet connect(Server server, boolean isSecure, int from, int to) throws Exception {
        List<Socket> sockets = devices(from, to).stream()
                .map(isSecure ? server::secureIngest : server::ingest)
                .toList();
        return Fleet.connect(loops, sockets, () -> new DeviceSocket(Idle::nothing, Pace.closedLoop(), 1));
    }

    private static ByteBuf nothing(long number, long dueNanos) {
        throw new IllegalStateException("they say nothing");
    }

    private static List<String> devices(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "idle-" + i).toList();
    }
}
