package io.sluice.sim.recording;

import io.sluice.sim.pack.Value;
import org.jspecify.annotations.Nullable;

/** A column that becomes a metric, and what its cells were seen to hold. */
public final class Column {
    private final int index;
    private final String metric;
    private final @Nullable String unit;
    private boolean numbers = true;
    private boolean flags = true;

    Column(int index, String metric, @Nullable String unit) {
        this.index = index;
        this.metric = metric;
        this.unit = unit;
    }

    int index() {
        return index;
    }

    public String metric() {
        return metric;
    }

    public @Nullable String unit() {
        return unit;
    }

    /** As a profile says it: {@code number}, {@code boolean}, {@code string}. */
    public String type() {
        return numbers ? "number" : flags ? "boolean" : "string";
    }

    /** One cell that is no number makes the whole column text: a metric does not change its type from row to row. */
    void saw(String cell) {
        numbers = numbers && isNumber(cell);
        flags = flags && (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false"));
    }

    Value value(String cell) {
        if (numbers) {
            return Value.of(Double.parseDouble(cell));
        }
        return flags ? Value.of(Boolean.parseBoolean(cell)) : Value.of(cell);
    }

    /** Stricter than Java, which also takes {@code 1f}, {@code 0x1p3} and {@code NaN}. */
    private static boolean isNumber(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        try {
            return Double.isFinite(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
