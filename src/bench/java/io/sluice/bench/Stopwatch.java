package io.sluice.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long a reading takes until an operator sees its effect, while many others come: from the moment when it was due to be
 * sent to the first frame of {@code /live} that shows it, in its device's window and in its group's. One service with all
 * roles, its broker, its database, the load and this process share the machine.
 *
 * <p>The load is a process of its own ({@link SteadyLoad}) and an open loop, as the readings that are timed are: whoever
 * stalls is sent no less.
 */
final class Stopwatch {
    static final String PROBE = "probe";
    private static final int READINGS = 10;
    private static final int MAX_HZ = 10;
    /** No multiple of the intervals of commits and frames. */
    private static final long PROBE_PERIOD_MILLIS = 37;

    private static final long SETTLE_MILLIS = 3_000;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String COMMAND = "src/bench/stopwatch";
    private static final Path DOCUMENT = Path.of("docs/performance.md");

    private Stopwatch() {}

    public static void main(String[] arguments) throws Exception {
        StopwatchOptions options = StopwatchOptions.of(arguments);
        System.out.println(options);
        Conditions conditions = Conditions.now();
        String report;
        try (Surroundings surroundings = new Surroundings();
                EndOffsets offsets = new EndOffsets(surroundings.broker())) {
            report = conditions.describe(options.sentence()) + "\n\n" + measure(options, surroundings, offsets);
        }
        System.out.println(report);
        if (options.document()) {
            Document.replaceMeasured(DOCUMENT, COMMAND, report);
        }
        System.exit(0);
    }

    private static String measure(StopwatchOptions options, Surroundings surroundings, EndOffsets offsets)
            throws Exception {
        List<String> devices = Stream.concat(
                        IntStream.range(0, options.connections()).mapToObj(i -> "steady-" + i), Stream.of(PROBE))
                .toList();
        Server server = SluiceServer.start(surroundings, options.jvm(), "ingest,rollup,live", devices);
        long storedBefore = offsets.of(server.topic());
        try (ChildProcess load = load(options, surroundings, server)) {
            EventLoopGroup loops = new NioEventLoopGroup(1);
            Marks marks = new Marks();
            Fleet probe = probe(options, server, loops, marks);
            Watch ofDevice = Watch.open(loops, server, "\"devices\":[\"" + PROBE + "\"]", MAX_HZ, marks);
            Watch ofGroup = Watch.open(loops, server, "\"groups\":[\"" + SluiceServer.GROUP + "\"]", MAX_HZ, marks);
            load.awaitAddress();
            long timed = probe.run(options.warmUpMillis()).getTotalCount();
            marks.measureFromHere();
            long stored = offsets.of(server.topic());
            Map<String, Duration> before = cpu(server, load, surroundings);
            long began = System.nanoTime();
            timed += probe.run(options.millis()).getTotalCount();
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<String, Duration> after = cpu(server, load, surroundings);
            long messages = offsets.of(server.topic()) - stored;
            SteadyLoad.Result sent = SteadyLoad.Result.parse(load.awaitResult(PATIENCE_MILLIS));
            // Not part of what is measured: what was sent last is still on its way.
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            loops.shutdownGracefully().await();
            offsets.expect(server.topic(), storedBefore, sent.messages() + timed);
            return table(options, marks, ofDevice, ofGroup)
                    + use(before, after, seconds, messages * READINGS / seconds);
        } finally {
            server.process().close();
        }
    }

    private static Fleet probe(StopwatchOptions options, Server server, EventLoopGroup loops, Marks marks)
            throws Exception {
        MarkedReadings readings = new MarkedReadings(marks, new Random(options.seed()));
        Pace pace = Pace.openLoop(TimeUnit.MILLISECONDS.toNanos(PROBE_PERIOD_MILLIS), 0);
        return Fleet.connect(
                loops, List.of(server.ingest(PROBE)), () -> new DeviceSocket(readings, pace, SteadyLoad.WINDOW));
    }

    private static ChildProcess load(StopwatchOptions options, Surroundings surroundings, Server server)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                Path.of("src/bench/target/classes") + ":src/bench/target/lib/*",
                SteadyLoad.class.getName(),
                server.address(),
                Integer.toString(options.readingsPerSecond() / READINGS),
                Integer.toString(READINGS),
                Long.toString(options.seed()),
                Long.toString(options.warmUpMillis()),
                Long.toString(options.millis())));
        for (int i = 0; i < options.connections(); i++) {
            command.add(server.authorization("steady-" + i));
        }
        return ChildProcess.java(surroundings.log("load"), Map.of(), command);
    }

    private static Map<String, Duration> cpu(Server server, ChildProcess load, Surroundings surroundings) {
        Map<String, Duration> used = new LinkedHashMap<>();
        used.put("service", server.process().cpu());
        used.put("broker", surroundings.brokerProcess().cpu());
        used.put("load", load.cpu());
        used.put("stopwatch", ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        return used;
    }

    private static String table(StopwatchOptions options, Marks marks, Watch ofDevice, Watch ofGroup) {
        StringBuilder table = new StringBuilder(
                "| seen in | readings timed | not seen | p50 ms | p90 ms | p99 ms | max ms | target p99 ms |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        table.append(row("its device's window", marks, ofDevice, options.deviceTargetMillis()));
        table.append(row("its group's window", marks, ofGroup, options.groupTargetMillis()));
        return table.toString();
    }

    private static String row(String name, Marks marks, Watch watch, int target) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.0f | %.0f | **%.0f** | %.0f | %d |%n",
                name,
                watch.delays().getTotalCount(),
                marks.measured() - watch.delays().getTotalCount(),
                watch.delays().getValueAtPercentile(50) / 1e3,
                watch.delays().getValueAtPercentile(90) / 1e3,
                watch.delays().getValueAtPercentile(99) / 1e3,
                watch.delays().getMaxValue() / 1e3,
                target);
    }

    private static String use(
            Map<String, Duration> before, Map<String, Duration> after, double seconds, double readingsPerSecond) {
        StringBuilder use = new StringBuilder(String.format(
                Locale.ROOT, "%nMeanwhile %,.0f readings/s reached Kafka. Cores in use:", readingsPerSecond));
        after.forEach((name, duration) -> use.append(String.format(
                Locale.ROOT,
                " %s %.2f,",
                name,
                duration.minus(before.getOrDefault(name, Duration.ZERO)).toNanos() / 1e9 / seconds)));
        return use.deleteCharAt(use.length() - 1).append(".\n").toString();
    }
}
