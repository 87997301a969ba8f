package io.sluice.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long to measure under what load, as {@code name=value} on the command line.
 *
 * @param connections of the load, over which its readings are spread
 * @param jvm options of the service
 * @param document whether the table goes into docs/performance.md
 */
record StopwatchOptions(
        int connections,
        int readingsPerSecond,
        long millis,
        long warmUpMillis,
        long seed,
        int deviceTargetMillis,
        int groupTargetMillis,
        List<String> jvm,
        boolean document) {
    static StopwatchOptions of(String[] arguments) {
        Map<String, String> given = NamedValues.of(
                arguments,
                Map.of(
                        "connections", "100",
                        "readings", "20000",
                        "millis", "60000",
                        "warm-up", "60000",
                        "seed", Long.toString(System.nanoTime() & 0xffffff),
                        "device-target", "300",
                        "group-target", "500",
                        "jvm", "-Xmx512m,-XX:+UseSerialGC",
                        "document", "true"));
        return new StopwatchOptions(
                Integer.parseInt(given.get("connections")),
                Integer.parseInt(given.get("readings")),
                Long.parseLong(given.get("millis")),
                Long.parseLong(given.get("warm-up")),
                Long.parseLong(given.get("seed")),
                Integer.parseInt(given.get("device-target")),
                Integer.parseInt(given.get("group-target")),
                Arrays.asList(given.get("jvm").split(",")),
                Boolean.parseBoolean(given.get("document")));
    }

    /** As a sentence of the report. */
    String sentence() {
        return String.format(
                Locale.ROOT,
                "%,d readings/s offered in messages of ten from %d connections, %d s after %d s of warm-up, seed %d, the"
                        + " service with `%s`.",
                readingsPerSecond,
                connections,
                millis / 1_000,
                warmUpMillis / 1_000,
                seed,
                String.join(" ", jvm));
    }
}
