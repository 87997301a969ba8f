package io.sluice.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What to measure, as {@code name=value} on the command line.
 *
 * @param rounds in each every server runs every load once, in random order
 * @param millis of one run
 * @param warmUpMillis of each server under each load, before the first round
 * @param rate of the open loop, in messages a second of all its connections
 * @param seed of order and messages
 * @param servers names of {@link Servers}
 * @param jvm options of every server that is measured
 * @param document whether the table goes into docs/performance.md
 */
record Options(
        int rounds,
        long millis,
        long warmUpMillis,
        long rate,
        long seed,
        List<Load> loads,
        List<String> servers,
        List<String> jvm,
        boolean document) {

    /** As a sentence of the report. */
    String sentence() {
        return String.format(
                Locale.ROOT,
                "%d rounds of %d ms a run, warm-up %d ms, `open` at %,d messages/s, seed %d, servers with `%s`.",
                rounds,
                millis,
                warmUpMillis,
                rate,
                seed,
                String.join(" ", jvm));
    }

    static Options of(String[] arguments) {
        Map<String, String> given = NamedValues.of(
                arguments,
                Map.of(
                        "rounds", "10",
                        "millis", "4000",
                        "warm-up", "10000",
                        "rate", "10000",
                        "seed", Long.toString(System.nanoTime() & 0xffffff),
                        "loads", "w1,s10,c10,open,w1s",
                        "servers", "bare,bare-again,bare-nosink,empty,sluice",
                        "jvm", "-Xmx256m,-XX:+UseSerialGC",
                        "document", "true"));
        List<Load> loads = new ArrayList<>();
        for (String load : given.get("loads").split(",")) {
            loads.add(Load.valueOf(load.toUpperCase(Locale.ROOT)));
        }
        return new Options(
                Integer.parseInt(given.get("rounds")),
                Long.parseLong(given.get("millis")),
                Long.parseLong(given.get("warm-up")),
                Long.parseLong(given.get("rate")),
                Long.parseLong(given.get("seed")),
                loads,
                Arrays.asList(given.get("servers").split(",")),
                Arrays.asList(given.get("jvm").split(",")),
                Boolean.parseBoolean(given.get("document")));
    }
}
