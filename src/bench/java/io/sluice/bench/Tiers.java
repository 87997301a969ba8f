package io.sluice.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the other tiers cost, each as a process of its own: that which rolls up, for each reading, beside what the reference
 * {@code bare} needs to take one in; and that which serves browsers, for a thousand who watch the same.
 */
final class Tiers {
    private static final String COMMAND = "src/bench/tiers";
    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final String ROLLUP_GROUP = "sluice-rollup";
    private static final int READINGS = 10;
    private static final int SUBSCRIBED_DEVICES = 20;
    private static final int MAX_HZ = 4;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 50;
    private static final long SLACK_MILLIS = 10_000;

    /** What as {@code name=value} on the command line may be said; {@code readings} and {@code watched-readings} a second. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "readings", "20000",
            "connections", "100",
            "watched-readings", "2000",
            "subscribers", "1000",
            "millis", "30000",
            "warm-up", "30000",
            "seed", Long.toString(System.nanoTime() & 0xffffff),
            "jvm", "-Xmx512m,-XX:+UseSerialGC",
            "document", "true");

    private final Map<String, String> given;
    private final Surroundings surroundings;
    private final EndOffsets offsets;
    private final List<String> jvm;
    private final EventLoopGroup loops = new NioEventLoopGroup(1);

    private Tiers(Map<String, String> given, Surroundings surroundings, EndOffsets offsets) {
        this.given = given;
        this.surroundings = surroundings;
        this.offsets = offsets;
        this.jvm = Arrays.asList(given.get("jvm").split(","));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = NamedValues.of(arguments, DEFAULTS);
        System.out.println(given);
        Conditions conditions = Conditions.now();
        String report;
        try (Surroundings surroundings = new Surroundings();
                EndOffsets offsets = new EndOffsets(surroundings.broker())) {
            report = new Tiers(given, surroundings, offsets).report();
        }
        report = conditions.describe(String.format(
                        Locale.ROOT,
                        "%s ms after %s ms of warm-up, seed %s, servers with `%s`.",
                        given.get("millis"),
                        given.get("warm-up"),
                        given.get("seed"),
                        given.get("jvm").replace(',', ' ')))
                + "\n\n" + report;
        System.out.println(report);
        if (Boolean.parseBoolean(given.get("document"))) {
            Document.replaceMeasured(DOCUMENT, COMMAND, report);
        }
        System.exit(0);
    }

    private String report() throws Exception {
        double bare = bare();
        List<String> devices = SteadyLoad.devices(number("connections"));
        try (Server live = SluiceServer.start(surroundings, jvm, "live", devices);
                Server ingest = SluiceServer.start(surroundings, jvm, "ingest", live.tokens());
                Server rollup = SluiceServer.start(surroundings, jvm, "rollup", Map.of())) {
            return rollup(ingest, rollup, bare) + fanOut(ingest, live);
        } finally {
            loops.shutdownGracefully();
        }
    }

    /** @return µs of processor time for a reading, under the load {@code s10} */
    private double bare() throws Exception {
        try (Server bare = new Servers(surroundings, offsets, jvm).start(Servers.BARE, List.of())) {
            Fleet fleet = Load.S10.connect(loops, bare, 0, new Random(number("seed")));
            fleet.run(number("warm-up"));
            long stored = offsets.of(bare.topic());
            Duration before = bare.process().cpu();
            Histogram delays = fleet.run(number("millis"));
            double micros = bare.process().cpu().minus(before).toNanos() / 1e3;
            offsets.expect(bare.topic(), stored, delays.getTotalCount());
            fleet.close();
            return micros / (delays.getTotalCount() * Load.S10.readings);
        }
    }

    private String rollup(Server ingest, Server rollup, double bare) throws Exception {
        try (ChildProcess load =
                SteadyLoad.start(surroundings, ingest, shape(number("connections"), number("readings")))) {
            load.awaitAddress();
            TimeUnit.MILLISECONDS.sleep(number("warm-up"));
            long done = offsets.committed(ROLLUP_GROUP, ingest.topic());
            Duration before = rollup.process().cpu();
            long began = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(number("millis"));
            Duration used = rollup.process().cpu().minus(before);
            double seconds = (System.nanoTime() - began) / 1e9;
            long readings = (offsets.committed(ROLLUP_GROUP, ingest.topic()) - done) * READINGS;
            SteadyLoad.Result sent = SteadyLoad.Result.parse(load.awaitResult(PATIENCE_MILLIS));
            offsets.expect(ingest.topic(), 0, sent.messages());
            awaitRolledUp(ingest.topic());
            double micros = used.toNanos() / 1e3 / readings;
            return String.format(
                    Locale.ROOT,
                    "Rollups: %.2f µs of CPU for a reading at %,.0f readings/s, **%.2f** times what `bare` takes to let one in"
                            + " under `s10` (%.2f µs); target 3.%n",
                    micros,
                    readings / seconds,
                    micros / bare,
                    bare);
        }
    }

    /** All that was acknowledged is in the rollups in the end. */
    private void awaitRolledUp(String topic) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (offsets.committed(ROLLUP_GROUP, topic) < offsets.of(topic)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not all was rolled up");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private String fanOut(Server ingest, Server live) throws Exception {
        long stored = offsets.of(ingest.topic());
        try (ChildProcess load =
                SteadyLoad.start(surroundings, ingest, shape(SUBSCRIBED_DEVICES, number("watched-readings")))) {
            load.awaitAddress();
            TimeUnit.MILLISECONDS.sleep(number("warm-up") / 2);
            double alone = cores(live, number("warm-up") / 4);
            Audience audience =
                    Audience.open(loops, live, SteadyLoad.devices(SUBSCRIBED_DEVICES), MAX_HZ, number("subscribers"));
            TimeUnit.MILLISECONDS.sleep(number("warm-up") / 4);
            Audience.Seen before = audience.seen();
            long began = System.nanoTime();
            double watched = cores(live, number("millis"));
            double seconds = (System.nanoTime() - began) / 1e9;
            Audience.Seen seen = audience.seen().minus(before);
            SteadyLoad.Result sent = SteadyLoad.Result.parse(load.awaitResult(PATIENCE_MILLIS));
            offsets.expect(ingest.topic(), stored, sent.messages());
            audience.close();
            return String.format(
                    Locale.ROOT,
                    "%nLive: %,d subscribers to the same %d series at %d Hz take **%.0f %%** of a core (%.0f %% without any of"
                            + " them); each got %.1f updates a second, %.0f KB. Target 15 %%.%n",
                    number("subscribers"),
                    SUBSCRIBED_DEVICES * Messages.METRICS.size(),
                    MAX_HZ,
                    watched * 100,
                    alone * 100,
                    seen.updates() / seconds / number("subscribers"),
                    seen.octets() / 1e3 / seconds / number("subscribers"));
        }
    }

    private static double cores(Server server, long millis) throws InterruptedException {
        Duration before = server.process().cpu();
        long began = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(millis);
        return (double) server.process().cpu().minus(before).toNanos() / (System.nanoTime() - began);
    }

    /** A little longer than is measured, so that it lasts to the end. */
    private SteadyLoad.Shape shape(int devices, int readingsPerSecond) {
        return new SteadyLoad.Shape(
                devices,
                readingsPerSecond / READINGS,
                READINGS,
                number("seed"),
                number("warm-up"),
                number("millis") + SLACK_MILLIS);
    }

    private int number(String name) {
        return Integer.parseInt(given.get(name));
    }
}
