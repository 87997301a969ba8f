package io.sluice.recorded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A recorded file as a plain reader sees it: rows of numbers by device, in the file's order. Shares nothing with the simulator's. */
record Recording(Map<String, List<Row>> devices) {
    /**
     * @param time as recorded, ms since 1970
     * @param cells the non-empty ones by column
     */
    record Row(long time, Map<String, Double> cells) {}

    /** @param idColumns their values name the device, joined by {@code -} */
    static Recording read(Path file, List<String> idColumns, String timeColumn) throws IOException {
        Map<String, List<Row>> devices = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> header = Arrays.asList(in.readLine().split(","));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Map<String, String> cells = new LinkedHashMap<>();
                String[] texts = line.split(",", -1);
                for (int i = 0; i < texts.length; i++) {
                    if (!texts[i].isEmpty()) {
                        cells.put(header.get(i), texts[i]);
                    }
                }
                String id = idColumns.stream().map(cells::remove).collect(Collectors.joining("-"));
                long time = millis(cells.remove(timeColumn));
                Map<String, Double> numbers = new LinkedHashMap<>();
                cells.forEach((column, text) -> numbers.put(column, Double.valueOf(text)));
                devices.computeIfAbsent(id.replaceAll("[^A-Za-z0-9._-]", "-"), device -> new ArrayList<>())
                        .add(new Row(time, numbers));
            }
        }
        return new Recording(devices);
    }

    long rows() {
        return devices.values().stream().mapToLong(List::size).sum();
    }

    long cells() {
        return devices.values().stream()
                .flatMap(List::stream)
                .mapToLong(row -> row.cells().size())
                .sum();
    }

    private static long millis(String text) {
        return text.matches("\\d+")
                ? Long.parseLong(text)
                : LocalDateTime.parse(text.replace(' ', 'T'))
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
    }
}
