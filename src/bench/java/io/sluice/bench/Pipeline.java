package io.sluice.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much the whole pipeline takes on this machine, everything included: the offered rate rises step by step until readings
 * are no longer acknowledged in time. One service with all roles, warm from step to step.
 */
final class Pipeline {
    private static final String COMMAND = "src/bench/pipeline";
    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final double ACK_LIMIT_MILLIS = 100;
    private static final double SCREEN_LIMIT_MILLIS = 300;

    /** What as {@code name=value} on the command line may be said; rates in readings a second, ascending. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "ones", "2500,5000,7500,10000,15000,20000,25000",
            "tens", "10000,20000,30000,40000,60000,80000,100000",
            "connections", "200",
            "millis", "20000",
            "warm-up", "10000",
            "seed", Long.toString(System.nanoTime() & 0xffffff),
            "jvm", "-Xmx1g,-XX:+UseSerialGC",
            "document", "true");

    private final Map<String, String> given;
    private final Surroundings surroundings;
    private final EndOffsets offsets;
    private final Server server;
    private final StringBuilder report = new StringBuilder();

    private Pipeline(Map<String, String> given, Surroundings surroundings, EndOffsets offsets, Server server) {
        this.given = given;
        this.surroundings = surroundings;
        this.offsets = offsets;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = NamedValues.of(arguments, DEFAULTS);
        System.out.println(given);
        Conditions conditions = Conditions.now();
        List<String> jvm = Arrays.asList(given.get("jvm").split(","));
        String report;
        try (Surroundings surroundings = new Surroundings();
                EndOffsets offsets = new EndOffsets(surroundings.broker())) {
            int connections = Integer.parseInt(given.get("connections"));
            try (Server server = SluiceServer.startWhole(surroundings, jvm, connections)) {
                report = new Pipeline(given, surroundings, offsets, server).report();
            }
        }
        report = conditions.describe(String.format(
                        Locale.ROOT,
                        "%s connections, each step %s ms after %s ms of warm-up, seed %s, the service with `%s`.",
                        given.get("connections"),
                        given.get("millis"),
                        given.get("warm-up"),
                        given.get("seed"),
                        String.join(" ", jvm)))
                + "\n\n" + report;
        System.out.println(report);
        if (Boolean.parseBoolean(given.get("document"))) {
            Document.replaceMeasured(DOCUMENT, COMMAND, report);
        }
        System.exit(0);
    }

    private String report() throws Exception {
        report.append(
                "| readings a message | offered readings/s | reached Kafka | ack p50 / p99 ms | on `/live` p99 ms,"
                        + " device's / group's window | cores in use |\n|---|---|---|---|---|---|\n");
        String ones = climb(1, given.get("ones"));
        String tens = climb(10, given.get("tens"));
        return report.append('\n').append(ones).append(tens).toString();
    }

    /** @return what was reached, as a sentence */
    private String climb(int readings, String rates) throws Exception {
        int acknowledged = 0;
        int shown = 0;
        for (int rate :
                Arrays.stream(rates.split(",")).mapToInt(Integer::parseInt).toArray()) {
            Passage passage = Passage.measure(surroundings, offsets, server, shape(readings, rate));
            String row = row(readings, rate, passage);
            System.out.print(row);
            report.append(row);
            if (Passage.millis(passage.acknowledged(), 99) >= ACK_LIMIT_MILLIS) {
                break;
            }
            acknowledged = rate;
            if (Passage.millis(passage.ofDevice(), 99) < SCREEN_LIMIT_MILLIS) {
                shown = rate;
            }
        }
        return String.format(
                Locale.ROOT,
                "In messages of %d: p99 of the acknowledgement under %.0f ms up to %,d readings/s, and of the screen under"
                        + " %.0f ms up to %,d.%n",
                readings,
                ACK_LIMIT_MILLIS,
                acknowledged,
                SCREEN_LIMIT_MILLIS,
                shown);
    }

    private SteadyLoad.Shape shape(int readings, int rate) {
        return new SteadyLoad.Shape(
                Integer.parseInt(given.get("connections")),
                rate / readings,
                readings,
                Long.parseLong(given.get("seed")),
                Long.parseLong(given.get("warm-up")),
                Long.parseLong(given.get("millis")));
    }

    private static String row(int readings, int rate, Passage passage) {
        return String.format(
                Locale.ROOT,
                "| %d | %,d | %,.0f | %.0f / %.0f | %.0f / %.0f | %s |%n",
                readings,
                rate,
                passage.readingsPerSecond(),
                Passage.millis(passage.acknowledged(), 50),
                Passage.millis(passage.acknowledged(), 99),
                Passage.millis(passage.ofDevice(), 99),
                Passage.millis(passage.ofGroup(), 99),
                passage.coresInUse());
    }
}
