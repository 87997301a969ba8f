package io.sluice.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How readings pass through a service with all roles under one steady load: until they are acknowledged, and until an operator
 * sees them. Broker, database, load and the measuring process share the machine with it.
 *
 * @param acknowledged delays of the load's messages, in µs
 * @param marked readings that were timed to the screen
 * @param ofDevice their delays to the first frame that showed them in their device's window, in µs
 * @param ofGroup the same for their group's window
 * @param readingsPerSecond that reached Kafka
 * @param cores in use meanwhile, by process
 */
record Passage(
        Histogram acknowledged,
        long marked,
        Histogram ofDevice,
        Histogram ofGroup,
        double readingsPerSecond,
        Map<String, Double> cores) {
    /** The device whose readings are timed; to be known to the server like the load's. */
    static final String PROBE = "probe";

    private static final int MAX_HZ = 10;
    /** No multiple of the intervals of commits and frames. */
    private static final long PROBE_PERIOD_MILLIS = 37;

    private static final long SETTLE_MILLIS = 3_000;
    private static final long PATIENCE_MILLIS = 60_000;

    static Passage measure(Surroundings surroundings, EndOffsets offsets, Server server, SteadyLoad.Shape shape)
            throws Exception {
        long storedBefore = offsets.of(server.topic());
        EventLoopGroup loops = new NioEventLoopGroup(1);
        try (ChildProcess load = SteadyLoad.start(surroundings, server, shape)) {
            Marks marks = new Marks();
            Fleet probe = probe(shape, server, loops, marks);
            Watch ofDevice = Watch.open(loops, server, "\"devices\":[\"" + PROBE + "\"]", MAX_HZ, marks);
            Watch ofGroup = Watch.open(loops, server, "\"groups\":[\"" + SluiceServer.GROUP + "\"]", MAX_HZ, marks);
            load.awaitAddress();
            long timed = probe.run(shape.warmUpMillis()).getTotalCount();
            marks.measureFromHere();
            long stored = offsets.of(server.topic());
            Map<String, Duration> before = cpu(server, load, surroundings);
            long began = System.nanoTime();
            timed += probe.run(shape.millis()).getTotalCount();
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<String, Duration> after = cpu(server, load, surroundings);
            long messages = offsets.of(server.topic()) - stored;
            SteadyLoad.Result sent = SteadyLoad.Result.parse(load.awaitResult(PATIENCE_MILLIS));
            // Not part of what is measured: what was sent last is still on its way.
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            loops.shutdownGracefully().await();
            offsets.expect(server.topic(), storedBefore, sent.messages() + timed);
            return new Passage(
                    sent.delays(),
                    marks.measured(),
                    ofDevice.delays(),
                    ofGroup.delays(),
                    messages * shape.readings() / seconds,
                    cores(before, after, seconds));
        } finally {
            loops.shutdownGracefully();
        }
    }

    private static Fleet probe(SteadyLoad.Shape shape, Server server, EventLoopGroup loops, Marks marks)
            throws Exception {
        MarkedReadings readings = new MarkedReadings(marks, new Random(shape.seed()));
        Pace pace = Pace.openLoop(TimeUnit.MILLISECONDS.toNanos(PROBE_PERIOD_MILLIS), 0);
        return Fleet.connect(
                loops, List.of(server.ingest(PROBE)), () -> new DeviceSocket(readings, pace, SteadyLoad.WINDOW));
    }

    private static Map<String, Duration> cpu(Server server, ChildProcess load, Surroundings surroundings) {
        Map<String, Duration> used = new LinkedHashMap<>();
        used.put("service", server.process().cpu());
        used.put("broker", surroundings.brokerProcess().cpu());
        used.put("load", load.cpu());
        used.put("stopwatch", ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        return used;
    }

    private static Map<String, Double> cores(
            Map<String, Duration> before, Map<String, Duration> after, double seconds) {
        Map<String, Double> cores = new LinkedHashMap<>();
        after.forEach((name, duration) -> cores.put(
                name, duration.minus(before.getOrDefault(name, Duration.ZERO)).toNanos() / 1e9 / seconds));
        return cores;
    }

    /** As in {@code service 0.81, broker 0.49}. */
    String coresInUse() {
        StringBuilder use = new StringBuilder();
        cores.forEach((name, used) ->
                use.append(use.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.2f", name, used)));
        return use.toString();
    }

    static double millis(Histogram delays, double percentile) {
        return delays.getValueAtPercentile(percentile) / 1e3;
    }
}
