package io.sluice.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of single parts under JMH, and writes what each operation takes and allocates. */
final class Micro {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Micro() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = NamedValues.of(
                arguments,
                Map.of("include", "Benchmark", "forks", "2", "iterations", "5", "millis", "1000", "document", "true"));
        Conditions conditions = Conditions.now();
        TimeValue time = TimeValue.milliseconds(Long.parseLong(given.get("millis")));
        int iterations = Integer.parseInt(given.get("iterations"));
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(given.get("include"))
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(Integer.parseInt(given.get("forks")))
                        .warmupIterations(iterations)
                        .warmupTime(time)
                        .measurementIterations(iterations)
                        .measurementTime(time)
                        .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        String settings = String.format(
                Locale.ROOT,
                "%s forks, %d times %s ms after as many of warm-up.",
                given.get("forks"),
                iterations,
                given.get("millis"));
        String report = conditions.describe(settings) + "\n\n" + table(results);
        System.out.println(report);
        if (Boolean.parseBoolean(given.get("document"))) {
            Document.replaceMeasured(Path.of("docs/performance.md"), "src/bench/jmh", report);
        }
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder table = new StringBuilder("| what | | ns | ± | octets allocated |\n|---|---|---|---|---|\n");
        for (RunResult result : results) {
            table.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %.1f | %.1f | %.1f |%n",
                    name(result),
                    parameters(result),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    allocated(result)));
        }
        for (RunResult whole : results) {
            for (RunResult record : results) {
                if (name(whole).equals("IngestBenchmark.message")
                        && name(record).equals("IngestBenchmark.record")
                        && parameters(whole).equals(parameters(record))) {
                    table.append(String.format(
                            Locale.ROOT,
                            "%nAllocated for a reading beyond the record, %s: %.0f octets.%n",
                            parameters(whole),
                            allocated(whole) - allocated(record)));
                }
            }
        }
        return table.toString();
    }

    private static String name(RunResult result) {
        String[] parts = result.getParams().getBenchmark().split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    private static String parameters(RunResult result) {
        return result.getParams().getParamsKeys().stream()
                .map(key -> key + " " + result.getParams().getParam(key))
                .collect(Collectors.joining(", "));
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ALLOCATED))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
