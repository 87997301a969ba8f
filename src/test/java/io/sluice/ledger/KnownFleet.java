package io.sluice.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Devices whose every message is known beforehand: a file for the simulator to replay, a row for each message. Most rows
 * are good; some have one value out of range, some nothing else, so that both topics get their part.
 *
 * @param name begins the ids of its devices
 */
record KnownFleet(String name, int devices, Map<String, List<Row>> rows, Path file) {
    /** What the profile takes of the metric {@code hot}. */
    private static final int HOTTEST = 200;

    /**
     * How much of it there is.
     *
     * @param perSecond messages of each device
     * @param waves readings of each message beside its number
     */
    record Size(int devices, int seconds, int perSecond, int waves) {}

    /** Values by metric: those to be accepted, and those to be rejected as out of range. */
    record Row(Map<String, Double> accepted, Map<String, Double> rejected) {}

    static KnownFleet write(Path folder, String name, Size size, long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        Path file = folder.resolve(name + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            List<String> metrics = metrics(size.waves());
            out.write("device,ms," + String.join(",", metrics) + "\n");
            for (int n = 0; n < size.seconds() * size.perSecond(); n++) {
                for (int device = 0; device < size.devices(); device++) {
                    String id = name + '-' + device;
                    Row row = row(n, size.waves(), random);
                    rows.computeIfAbsent(id, each -> new ArrayList<>()).add(row);
                    out.write(id + ',' + n * 1_000L / size.perSecond());
                    for (String metric : metrics) {
                        out.write(',' + cell(row, metric));
                    }
                    out.write('\n');
                }
            }
        }
        return new KnownFleet(name, size.devices(), rows, file);
    }

    private static List<String> metrics(int waves) {
        List<String> metrics = new ArrayList<>(List.of("row", "hot"));
        for (int wave = 0; wave < waves; wave++) {
            metrics.add("wave" + wave);
        }
        return metrics;
    }

    private static Row row(int n, int waves, Random random) {
        int draw = random.nextInt(60);
        Map<String, Double> hot = Map.of("hot", HOTTEST + 1.0 + n);
        if (draw == 0) {
            return new Row(Map.of(), hot);
        }
        Map<String, Double> accepted = new HashMap<>();
        accepted.put("row", (double) n);
        for (int wave = 0; wave < waves; wave++) {
            accepted.put("wave" + wave, random.nextGaussian());
        }
        return new Row(accepted, draw == 1 ? hot : Map.of());
    }

    private static String cell(Row row, String metric) {
        Double value = row.accepted().getOrDefault(metric, row.rejected().get(metric));
        return value == null ? "" : value.toString();
    }

    long messages() {
        return rows.values().stream().mapToLong(List::size).sum();
    }

    /** How the simulator is to read the file. */
    List<String> columns() {
        return List.of("--id-column", "device", "--time-column", "ms", "--time-format", "epoch-ms");
    }

    /** The profile that judges it, as REST takes it. */
    static String profile(int waves) {
        String numbers = IntStream.range(0, waves)
                .mapToObj(wave -> "{\"name\":\"wave" + wave + "\",\"type\":\"number\"},")
                .collect(Collectors.joining());
        return """
                {"strict":true,"readingsPerSecond":20000,"metrics":[{"name":"row","type":"number"},%s
                {"name":"hot","type":"number","max":%d}]}""".formatted(numbers, HOTTEST);
    }
}
