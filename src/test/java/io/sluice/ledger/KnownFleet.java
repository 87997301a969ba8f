package io.sluice.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Devices whose every message is known beforehand: a file for the simulator to replay, a row for each message. Most rows
 * are good; some have one value out of range, some nothing else, so that both topics get their part.
 *
 * @param name begins the ids of its devices
 */
record KnownFleet(String name, int devices, Map<String, List<Row>> rows, Path file) {
    /** What the profile takes of the metric {@code hot}. */
    private static final int HOTTEST = 200;

    /** Values by metric: those to be accepted, and those to be rejected as out of range. */
    record Row(Map<String, Double> accepted, Map<String, Double> rejected) {}

    /** @param perSecond messages of each device */
    static KnownFleet write(Path folder, String name, int devices, int seconds, int perSecond, long seed)
            throws IOException {
        Random random = new Random(seed);
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        Path file = folder.resolve(name + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("device,ms,row,wave,hot\n");
            for (int n = 0; n < seconds * perSecond; n++) {
                for (int device = 0; device < devices; device++) {
                    String id = name + '-' + device;
                    Row row = row(n, random);
                    rows.computeIfAbsent(id, each -> new ArrayList<>()).add(row);
                    out.write(id
                            + ','
                            + n * 1_000L / perSecond
                            + ','
                            + cell(row, "row")
                            + ','
                            + cell(row, "wave")
                            + ','
                            + cell(row, "hot")
                            + '\n');
                }
            }
        }
        return new KnownFleet(name, devices, rows, file);
    }

    private static Row row(int n, Random random) {
        int draw = random.nextInt(60);
        if (draw == 0) {
            return new Row(Map.of(), Map.of("hot", HOTTEST + 1.0 + n));
        }
        Map<String, Double> accepted = Map.of("row", (double) n, "wave", random.nextGaussian());
        return draw == 1 ? new Row(accepted, Map.of("hot", HOTTEST + 1.0 + n)) : new Row(accepted, Map.of());
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
    static String profile() {
        return """
                {"strict":true,"readingsPerSecond":20000,"metrics":[{"name":"row","type":"number"},
                {"name":"wave","type":"number"},{"name":"hot","type":"number","max":%d}]}""".formatted(HOTTEST);
    }
}
