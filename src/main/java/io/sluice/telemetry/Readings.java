package io.sluice.telemetry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The resolved records of one message, in columns, reused from message to message by the thread that owns it. Columns
 * instead of objects keep the message path free of garbage; a reader must not keep a reference beyond the call.
 *
 * <p>Not thread-safe.
 */
public final class Readings {
    private int size;
    private String[] names = new String[16];
    private @Nullable String[] units = new String[16];
    private double[] times = new double[16];
    private ValueType[] types = new ValueType[16];
    private double[] numbers = new double[16];
    private @Nullable String[] texts = new String[16];
    private double[] sums = new double[16];
    private double[] updateTimes = new double[16];
    private boolean[] refused = new boolean[16];
    private int refusedCount;

    public void clear() {
        Arrays.fill(names, 0, size, null);
        Arrays.fill(units, 0, size, null);
        Arrays.fill(texts, 0, size, null);
        size = 0;
        refusedCount = 0;
    }

    public int size() {
        return size;
    }

    /**
     * Appends a record.
     *
     * @param name resolved name (base name and name concatenated)
     * @param time seconds since 1970, absolute
     * @param number the value of {@link ValueType#NUMBER}; 1 or 0 of {@link ValueType#BOOLEAN}; else ignored
     * @param text the value of {@link ValueType#STRING}, or base64url of {@link ValueType#DATA}; else null
     * @param sum NaN where absent
     * @param updateTime seconds; NaN where absent
     * @return its index
     */
    public int add(
            String name,
            @Nullable String unit,
            double time,
            ValueType type,
            double number,
            @Nullable String text,
            double sum,
            double updateTime) {
        int i = size;
        if (i == names.length) {
            grow();
        }
        names[i] = name;
        units[i] = unit;
        times[i] = time;
        types[i] = type;
        numbers[i] = number;
        texts[i] = text;
        sums[i] = sum;
        updateTimes[i] = updateTime;
        refused[i] = false;
        size = i + 1;
        return i;
    }

    /** The resolved name; after {@link MetricName#strip} has run, the metric. */
    public String name(int i) {
        return names[i];
    }

    public void rename(int i, String metric) {
        names[i] = metric;
    }

    public @Nullable String unit(int i) {
        return units[i];
    }

    public void takeUnit(int i, String unit) {
        units[i] = unit;
    }

    /** Seconds since 1970. */
    public double time(int i) {
        return times[i];
    }

    public ValueType type(int i) {
        return types[i];
    }

    public double number(int i) {
        return numbers[i];
    }

    public @Nullable String text(int i) {
        return texts[i];
    }

    /** NaN where the record has none. */
    public double sum(int i) {
        return sums[i];
    }

    /** Seconds; NaN where the record has none. */
    public double updateTime(int i) {
        return updateTimes[i];
    }

    public void refuse(int i) {
        if (!refused[i]) {
            refused[i] = true;
            refusedCount++;
        }
    }

    public boolean isRefused(int i) {
        return refused[i];
    }

    public int refusedCount() {
        return refusedCount;
    }

    public int acceptedCount() {
        return size - refusedCount;
    }

    private void grow() {
        int capacity = names.length * 2;
        names = Arrays.copyOf(names, capacity);
        units = Arrays.copyOf(units, capacity);
        times = Arrays.copyOf(times, capacity);
        types = Arrays.copyOf(types, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        texts = Arrays.copyOf(texts, capacity);
        sums = Arrays.copyOf(sums, capacity);
        updateTimes = Arrays.copyOf(updateTimes, capacity);
        refused = Arrays.copyOf(refused, capacity);
    }
}
