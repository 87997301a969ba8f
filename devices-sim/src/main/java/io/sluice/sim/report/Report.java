package io.sluice.sim.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run came to, for people and for programs.
 *
 * @param tally the counters at the end
 * @param unfinished messages that were not acknowledged, or of a recording not even sent, by device; only above 0
 * @param refused devices whose last word from the server was no
 * @param skipped messages never made because a buffer was full or the simulator too busy
 */
public record Report(
        String command,
        long seed,
        int devices,
        long elapsedMs,
        Tally tally,
        Map<String, Long> unfinished,
        List<String> refused,
        long skipped) {
    private static final int NAMED_DEVICES = 10;

    /** Whether everything was acknowledged, no device refused and no message given up. */
    public boolean isClean() {
        return unfinished.isEmpty() && refused.isEmpty() && tally.dropped.sum() == 0;
    }

    public String progress() {
        return String.format(
                Locale.ROOT,
                "%4ds  %d/%d online  sent %d  acked %d  rejected %d  resent %d  reconnects %d  ack p50 %.1f ms p99 %.1f ms",
                elapsedMs / 1_000,
                tally.online.get(),
                devices,
                tally.sent.sum(),
                tally.acknowledged.sum(),
                tally.rejectedRecords.sum(),
                tally.resent.sum(),
                tally.reconnects.sum(),
                tally.ackLatency.quantileMs(0.5),
                tally.ackLatency.quantileMs(0.99));
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "devices", "%d for %.1f s, seed %d", devices, elapsedMs / 1_000.0, seed);
        line(text, "sent", "%d messages, %d records", tally.sent.sum(), tally.sentRecords.sum());
        line(
                text,
                "acknowledged",
                "%d messages, %d records",
                tally.acknowledged.sum(),
                tally.acknowledgedRecords.sum());
        line(text, "rejected", "%d records", tally.rejectedRecords.sum());
        tally.rejectMessages()
                .forEach((code, messages) -> line(
                        text,
                        "",
                        "%s: %d records in %d messages, first: %s",
                        code,
                        tally.rejectRecords(code),
                        messages,
                        tally.rejectExample(code)));
        line(text, "resent", "%d messages", tally.resent.sum());
        line(text, "reconnects", "%d", tally.reconnects.sum());
        line(
                text,
                "ack latency",
                "p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                tally.ackLatency.quantileMs(0.5),
                tally.ackLatency.quantileMs(0.99),
                tally.ackLatency.maxMs());
        some(text, "slowdowns", tally.slowdowns.sum());
        some(text, "goaways", tally.goaways.sum());
        some(text, "not made", skipped);
        words(text, "closes", tally.closes());
        words(text, "refusals", tally.refusals());
        words(text, "unreachable", tally.unreachable());
        words(text, "given up", tally.drops());
        words(text, "oddities", tally.oddities());
        if (!refused.isEmpty()) {
            line(text, "refused", "%d devices: %s", refused.size(), names(refused));
        }
        if (!unfinished.isEmpty()) {
            long messages =
                    unfinished.values().stream().mapToLong(Long::longValue).sum();
            line(
                    text,
                    "UNFINISHED",
                    "%d messages of %d devices: %s",
                    messages,
                    unfinished.size(),
                    names(unfinished.keySet()));
        }
        return text.toString();
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.put("seed", seed);
        json.put("devices", devices);
        json.put("elapsedMs", elapsedMs);
        json.put("produced", tally.produced.sum());
        json.put("notProduced", skipped);
        json.put("sent", tally.sent.sum());
        json.put("sentRecords", tally.sentRecords.sum());
        json.put("acknowledged", tally.acknowledged.sum());
        json.put("acknowledgedRecords", tally.acknowledgedRecords.sum());
        json.put(
                "unacknowledged",
                unfinished.values().stream().mapToLong(Long::longValue).sum());
        json.put("unfinished", unfinished);
        json.put("rejectedRecords", tally.rejectedRecords.sum());
        Map<String, Object> rejected = new LinkedHashMap<>();
        tally.rejectMessages()
                .forEach((code, messages) ->
                        rejected.put(code, Map.of("messages", messages, "records", tally.rejectRecords(code))));
        json.put("rejected", rejected);
        json.put("resent", tally.resent.sum());
        json.put("dropped", tally.dropped.sum());
        json.put("connects", tally.connects.sum());
        json.put("reconnects", tally.reconnects.sum());
        json.put("slowdowns", tally.slowdowns.sum());
        json.put("goaways", tally.goaways.sum());
        json.put("closes", tally.closes());
        json.put("refusals", tally.refusals());
        json.put("unreachable", tally.unreachable());
        json.put("oddities", tally.oddities());
        json.put("refused", refused);
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("p50", tally.ackLatency.quantileMs(0.5));
        latency.put("p99", tally.ackLatency.quantileMs(0.99));
        latency.put("max", tally.ackLatency.maxMs());
        json.put("ackLatencyMs", latency);
        json.put("clean", isClean());
        return json;
    }

    private static void some(StringBuilder text, String name, long count) {
        if (count > 0) {
            line(text, name, "%d", count);
        }
    }

    private static void words(StringBuilder text, String name, Map<String, Long> counts) {
        String title = name;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            line(text, title, "%d x %s", entry.getValue(), entry.getKey());
            title = "";
        }
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-14s", name)).append(String.format(Locale.ROOT, format, values));
        text.append(System.lineSeparator());
    }

    private static String names(Iterable<String> all) {
        StringBuilder names = new StringBuilder();
        int count = 0;
        for (String name : all) {
            if (count++ == NAMED_DEVICES) {
                return names.append(", …").toString();
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        return names.toString();
    }
}
