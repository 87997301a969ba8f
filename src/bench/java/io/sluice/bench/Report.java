package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The rounds as one table: medians, and ratios that were taken inside each round before their median. */
final class Report {
    private static final String REFERENCE = Servers.BARE;
    private static final String AGAIN = Servers.BARE_AGAIN;
    private static final double NOISE_LIMIT = 0.05;

    private final List<Sample> samples;
    private final Conditions conditions;
    private final Options options;

    Report(List<Sample> samples, Conditions conditions, Options options) {
        this.samples = samples;
        this.conditions = conditions;
        this.options = options;
    }

    String toMarkdown() {
        StringBuilder report = new StringBuilder(conditions.describe(options.sentence()))
                .append(
                        "\n\n| load | server | CPU µs a reading | over `bare` | readings/s | ack after p50 / p99 / p99.9 ms"
                                + " | resident MB | generator, broker: CPU µs a reading |\n|---|---|---|---|---|---|---|---|\n");
        for (Load load : options.loads()) {
            for (String server : options.servers()) {
                if (!of(load, server).isEmpty()) {
                    report.append(row(load, server));
                }
            }
        }
        sentence(report, "Sluice with CBOR (`c10`) over the same in JSON", Servers.SLUICE, Load.C10, Load.S10);
        for (String server : options.servers()) {
            sentence(report, "TLS (`w1s`) over plain (`w1`), " + server, server, Load.W1S, Load.W1);
        }
        for (Load load : options.loads()) {
            double noise = median(ratios(load, AGAIN));
            if (Math.abs(noise - 1) > NOISE_LIMIT) {
                report.append(String.format(
                        Locale.ROOT,
                        "%nThe two processes of the reference differ by more than %.0f %% under `%s`: to be repeated.%n",
                        NOISE_LIMIT * 100,
                        load.label()));
            }
        }
        return report.toString();
    }

    private String row(Load load, String server) {
        List<Sample> own = of(load, server);
        double[] ratios = ratios(load, server).sorted().toArray();
        String ratio = ratios.length == 0 ? "" : spread(ratios);
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %.2f | %s | %,.0f | %.1f / %.1f / %.1f | %.0f | %.2f, %.2f |%n",
                load.label(),
                server,
                median(own, Sample::cpuPerReading),
                ratio,
                median(own, Sample::readingsPerSecond),
                median(own, sample -> sample.delayMillis(50)),
                median(own, sample -> sample.delayMillis(99)),
                median(own, sample -> sample.delayMillis(99.9)),
                median(own, sample -> sample.resident() / 1e6),
                median(own, Sample::generatorCpuPerReading),
                median(own, Sample::brokerCpuPerReading));
    }

    private void sentence(StringBuilder report, String what, String server, Load load, Load reference) {
        double[] ratios = over(of(load, server), of(reference, server));
        if (ratios.length > 0) {
            report.append(String.format(Locale.ROOT, "%n%s: %s.%n", what, spread(ratios)));
        }
    }

    private static String spread(double[] ascending) {
        return String.format(
                Locale.ROOT,
                "**%.2f** (%.2f–%.2f)",
                median(DoubleStream.of(ascending)),
                ascending[0],
                ascending[ascending.length - 1]);
    }

    /** Processor time for a reading, round by round, ascending. */
    private static double[] over(List<Sample> of, List<Sample> reference) {
        return of.stream()
                .flatMapToDouble(sample -> reference.stream()
                        .filter(other -> other.round() == sample.round())
                        .mapToDouble(other -> sample.cpuPerReading() / other.cpuPerReading()))
                .sorted()
                .toArray();
    }

    /** Round by round; over the mean of both processes of the reference, the second one over the first. */
    private DoubleStream ratios(Load load, String server) {
        List<Double> ratios = new ArrayList<>();
        for (Sample sample : of(load, server)) {
            List<Sample> references = samples.stream()
                    .filter(other -> other.round() == sample.round() && other.load() == load)
                    .filter(other ->
                            other.server().equals(REFERENCE) || other.server().equals(AGAIN) && !server.equals(AGAIN))
                    .toList();
            if (!server.equals(REFERENCE) && !references.isEmpty()) {
                double reference = references.stream()
                        .mapToDouble(Sample::cpuPerReading)
                        .average()
                        .orElseThrow();
                ratios.add(sample.cpuPerReading() / reference);
            }
        }
        return ratios.stream().mapToDouble(ratio -> ratio);
    }

    private List<Sample> of(Load load, String server) {
        return samples.stream()
                .filter(sample -> sample.load() == load && sample.server().equals(server))
                .toList();
    }

    private static double median(List<Sample> of, ToDoubleFunction<Sample> figure) {
        return median(of.stream().mapToDouble(figure));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
