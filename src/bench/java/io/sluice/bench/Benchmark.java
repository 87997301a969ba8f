package io.sluice.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * Starts the servers once, warms them, then lets them take turns in short runs of random order, so that whatever else the
 * machine does hits all of them alike. This process is the load generator; during a run it does nothing else.
 */
final class Benchmark {
    private static final int GENERATOR_LOOPS = 2;

    /** One server under one load. */
    private record Pairing(Server server, Load load) {}

    private final Options options;
    private final Random random;
    private final Surroundings surroundings;
    private final EndOffsets offsets;
    private final EventLoopGroup loops = new NioEventLoopGroup(GENERATOR_LOOPS);
    private final Map<Pairing, Fleet> fleets = new LinkedHashMap<>();

    private Benchmark(Options options, Surroundings surroundings, EndOffsets offsets) {
        this.options = options;
        this.random = new Random(options.seed());
        this.surroundings = surroundings;
        this.offsets = offsets;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        System.out.println(options);
        Conditions conditions = Conditions.now();
        List<Sample> samples;
        try (Surroundings surroundings = new Surroundings();
                EndOffsets offsets = new EndOffsets(surroundings.broker())) {
            samples = new Benchmark(options, surroundings, offsets).run();
        }
        String report = new Report(samples, conditions, options).toMarkdown();
        System.out.println(report);
        if (options.document()) {
            Document.replaceMeasured(Path.of("docs/performance.md"), "src/bench/run", report);
        }
        // The hooks of the children are all that is left.
        System.exit(0);
    }

    private List<Sample> run() throws Exception {
        List<Server> servers = new ArrayList<>();
        Servers starter = new Servers(surroundings, offsets, options.jvm());
        try {
            List<String> devices =
                    options.loads().stream().flatMap(Load::devices).toList();
            for (String name : options.servers()) {
                servers.add(starter.start(name, devices));
            }
            for (Server server : servers) {
                for (Load load : loadsOf(server)) {
                    fleets.put(new Pairing(server, load), load.connect(loops, server, options.rate(), random));
                }
            }
            for (Map.Entry<Pairing, Fleet> warming : fleets.entrySet()) {
                print(measure(0, warming.getKey(), warming.getValue(), options.warmUpMillis()));
            }
            List<Sample> samples = new ArrayList<>();
            for (int round = 1; round <= options.rounds(); round++) {
                List<Pairing> order = new ArrayList<>(fleets.keySet());
                Collections.shuffle(order, random);
                for (Pairing pairing : order) {
                    Sample sample = measure(round, pairing, fleets.get(pairing), options.millis());
                    print(sample);
                    samples.add(sample);
                }
            }
            return samples;
        } finally {
            fleets.values().forEach(Fleet::close);
            loops.shutdownGracefully().await();
            for (Server server : servers) {
                server.process().close();
            }
        }
    }

    private List<Load> loadsOf(Server server) {
        return options.loads().stream()
                .filter(load -> load.isFor(server.name()))
                .toList();
    }

    private Sample measure(int round, Pairing pairing, Fleet fleet, long millis) throws Exception {
        Server server = pairing.server();
        long stored = offsets.of(server.topic());
        Duration cpu = server.process().cpu();
        Duration generator = generatorCpu();
        Duration broker = surroundings.brokerProcess().cpu();
        long began = System.nanoTime();

        Histogram delays = fleet.run(millis);

        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        Sample sample = new Sample(
                round,
                server.name(),
                pairing.load(),
                delays.getTotalCount() * pairing.load().readings,
                server.process().cpu().minus(cpu),
                wall,
                generatorCpu().minus(generator),
                surroundings.brokerProcess().cpu().minus(broker),
                delays,
                server.process().residentBytes());
        boolean isStored = !server.name().equals(Servers.BARE_NOSINK);
        offsets.expect(server.topic(), stored, isStored ? delays.getTotalCount() : 0);
        return sample;
    }

    private static Duration generatorCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void print(Sample sample) {
        System.out.printf(
                Locale.ROOT,
                "round %2d %-4s %-11s %6.2f µs/reading  %8.0f readings/s  p50 %6.1f p99 %6.1f ms%n",
                sample.round(),
                sample.load().label(),
                sample.server(),
                sample.cpuPerReading(),
                sample.readingsPerSecond(),
                sample.delayMillis(50),
                sample.delayMillis(99));
    }
}
