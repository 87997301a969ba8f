package io.sluice.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How long a reading takes until an operator sees its effect, while many others come: from the moment when it was due to be
 * sent to the first frame of {@code /live} that shows it, in its device's window and in its group's. One service with all
 * roles, its broker, its database, the load and this process share the machine.
 *
 * <p>The load is a process of its own ({@link SteadyLoad}) and an open loop, as the readings that are timed are: whoever
 * stalls is sent no less.
 */
final class Stopwatch {
    private static final int READINGS = 10;
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
        try (Server server = SluiceServer.startWhole(surroundings, options.jvm(), options.connections())) {
            SteadyLoad.Shape shape = new SteadyLoad.Shape(
                    options.connections(),
                    options.readingsPerSecond() / READINGS,
                    READINGS,
                    options.seed(),
                    options.warmUpMillis(),
                    options.millis());
            return table(options, Passage.measure(surroundings, offsets, server, shape));
        }
    }

    private static String table(StopwatchOptions options, Passage passage) {
        return "| seen in | readings timed | not seen | p50 ms | p90 ms | p99 ms | max ms | target p99 ms |\n"
                + "|---|---|---|---|---|---|---|---|\n"
                + row("its device's window", passage.marked(), passage.ofDevice(), options.deviceTargetMillis())
                + row("its group's window", passage.marked(), passage.ofGroup(), options.groupTargetMillis())
                + String.format(
                        Locale.ROOT,
                        "%nMeanwhile %,.0f readings/s reached Kafka, acknowledged within %.0f ms (p99). Cores in use: %s.%n",
                        passage.readingsPerSecond(),
                        Passage.millis(passage.acknowledged(), 99),
                        passage.coresInUse());
    }

    private static String row(String name, long marked, Histogram delays, int target) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.0f | %.0f | **%.0f** | %.0f | %d |%n",
                name,
                delays.getTotalCount(),
                marked - delays.getTotalCount(),
                Passage.millis(delays, 50),
                Passage.millis(delays, 90),
                Passage.millis(delays, 99),
                delays.getMaxValue() / 1e3,
                target);
    }
}
