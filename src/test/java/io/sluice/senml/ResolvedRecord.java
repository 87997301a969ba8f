package io.sluice.senml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A row of {@link Readings} that can be compared; {@code value} is a Double, String or Boolean, or null. */
record ResolvedRecord(
        String name, String unit, double time, ValueType type, Object value, double sum, double updateTime) {

    static List<ResolvedRecord> of(Readings readings) {
        List<ResolvedRecord> records = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            records.add(new ResolvedRecord(
                    readings.name(i),
                    readings.unit(i),
                    readings.time(i),
                    readings.type(i),
                    value(readings, i),
                    readings.sum(i),
                    readings.updateTime(i)));
        }
        return records;
    }

    static List<ResolvedRecord> of(JsonNode records) {
        List<ResolvedRecord> expected = new ArrayList<>();
        for (JsonNode r : records) {
            ValueType type = ValueType.SUM_ONLY;
            Object value = null;
            if (r.has("v")) {
                type = ValueType.NUMBER;
                value = r.get("v").asDouble();
            } else if (r.has("vb")) {
                type = ValueType.BOOLEAN;
                value = r.get("vb").asBoolean();
            } else if (r.has("vs") || r.has("vd")) {
                type = r.has("vs") ? ValueType.STRING : ValueType.DATA;
                value = r.get(r.has("vs") ? "vs" : "vd").asText();
            }
            expected.add(new ResolvedRecord(
                    r.get("n").asText(),
                    r.has("u") ? r.get("u").asText() : null,
                    r.get("t").asDouble(),
                    type,
                    value,
                    r.path("s").asDouble(Double.NaN),
                    r.path("ut").asDouble(Double.NaN)));
        }
        return expected;
    }

    /** The order of a resolved pack. */
    static List<ResolvedRecord> inTimeOrder(List<ResolvedRecord> records) {
        return records.stream()
                .sorted(Comparator.comparingDouble(ResolvedRecord::time))
                .toList();
    }

    private static Object value(Readings readings, int i) {
        return switch (readings.type(i)) {
            // Adding zero makes one zero of both: JSON's -0 is an integer and has no sign.
            case NUMBER -> readings.number(i) + 0.0;
            case BOOLEAN -> readings.number(i) == 1;
            case STRING, DATA -> readings.text(i);
            case SUM_ONLY -> null;
        };
    }
}
