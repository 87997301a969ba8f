package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the readings of one window. Mergeable: any split of the readings over aggregates and any order of
 * merging them gives the same result, but for mean and deviation, which may differ by rounding (1e-9 relative). The last
 * reading is that of the greatest event time, arrival, number, index, and then value.
 *
 * <p>Mean and deviation are kept as Welford does (mean, and the sum of squared distances from it), merged as Chan does:
 * sums of squares would lose every digit of a small deviation far from zero. The identities of minimum and maximum are
 * the infinities.
 *
 * <p>A window of a metric that carries both numbers and text counts its numbers alone, whichever came first; so the
 * answer does not depend on the order.
 *
 * <p>Quantiles come from a {@link Sketch}, where its maker asked for one. Merged with numbers that have none, it has none:
 * quantiles of a part would pass for those of the whole.
 *
 * <p>Its bytes, big-endian:
 *
 * <pre>
 *   1  what it holds: 0 nothing (and nothing follows), 1 numbers, 2 text; 4 more if it keeps a sketch
 *   8  count
 *   8  event time of the last reading, microseconds since 1970
 *   8  its arrival, ms since 1970
 *   8  its message's number
 *   4  its index in the message
 *   numbers: 8 each, doubles: last, min, max, mean, sum of squared distances from the mean; then the {@link Sketch}
 *   text:    4 length, then the last text in UTF-8
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class Aggregate {
    private static final byte NOTHING = 0;
    private static final byte NUMBERS = 1;
    private static final byte TEXT = 2;
    private static final byte WITH_SKETCH = 4;
    private static final int COMMON_BYTES = 1 + 8 + 8 + 8 + 8 + 4;

    private byte holds = NOTHING;
    private @Nullable Sketch sketch;
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;
    private double last = Double.NaN;
    private @Nullable String lastText;
    private long lastTime;
    private long lastArrival;
    private long lastNumber;
    private int lastIndex;

    /** Without quantiles. */
    Aggregate() {}

    static Aggregate withQuantiles() {
        Aggregate made = new Aggregate();
        made.sketch = new Sketch();
        return made;
    }

    /** Of a window that is over, without the order of its readings: of two, the one that starts later has the last. */
    static Aggregate of(RollupItem item, @Nullable Sketch sketch) {
        Aggregate made = new Aggregate();
        made.sketch = sketch;
        made.holds = item.lastText() == null ? NUMBERS : TEXT;
        made.count = item.count();
        made.min = item.min();
        made.max = item.max();
        made.mean = item.mean();
        made.squares = item.stddev() * item.stddev() * item.count();
        made.last = item.last();
        made.lastText = item.lastText();
        made.lastTime = item.start();
        return made;
    }

    /**
     * @param value finite
     * @param time event time, microseconds since 1970
     * @param arrival ms since 1970
     * @param number of its message
     * @param index in its message
     */
    void add(double value, long time, long arrival, long number, int index) {
        if (holds == TEXT) {
            forget();
        }
        if (holds == NOTHING || isLater(time, arrival, number, index, Double.compare(value, last))) {
            last = value;
            remember(time, arrival, number, index);
        }
        holds = NUMBERS;
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
        if (sketch != null) {
            sketch.add(value);
        }
    }

    /** The same for a text reading; see the class comment on mixed ones. */
    void add(String text, long time, long arrival, long number, int index) {
        if (holds == NUMBERS) {
            return;
        }
        if (lastText == null || isLater(time, arrival, number, index, text.compareTo(lastText))) {
            lastText = text;
            remember(time, arrival, number, index);
        }
        holds = TEXT;
        count++;
    }

    void merge(Aggregate other) {
        if (other.holds == NOTHING || (holds == NUMBERS && other.holds == TEXT)) {
            return;
        }
        if (holds == TEXT && other.holds == NUMBERS) {
            forget();
        }
        if (holds == NOTHING
                || isLater(other.lastTime, other.lastArrival, other.lastNumber, other.lastIndex, compareLast(other))) {
            last = other.last;
            lastText = other.lastText;
            remember(other.lastTime, other.lastArrival, other.lastNumber, other.lastIndex);
        }
        holds = other.holds;
        if (holds == NUMBERS) {
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
            double distance = other.mean - mean;
            double share = (double) other.count / (count + other.count);
            mean = count == 0 ? other.mean : mean + distance * share;
            squares += count == 0 ? other.squares : other.squares + distance * distance * share * count;
            mergeSketch(other.sketch);
        }
        count += other.count;
    }

    private void mergeSketch(@Nullable Sketch other) {
        if (other == null) {
            sketch = null;
        } else if (sketch != null) {
            sketch.merge(other);
        }
    }

    /** Both hold the same kind. */
    private int compareLast(Aggregate other) {
        return lastText == null || other.lastText == null
                ? Double.compare(other.last, last)
                : other.lastText.compareTo(lastText);
    }

    /** @param difference of the two values, for readings of two devices of a group that tie in everything else */
    private boolean isLater(long time, long arrival, long number, int index, int difference) {
        if (time != lastTime) {
            return time > lastTime;
        }
        if (arrival != lastArrival) {
            return arrival > lastArrival;
        }
        if (number != lastNumber) {
            return number > lastNumber;
        }
        return index != lastIndex ? index > lastIndex : difference > 0;
    }

    private void remember(long time, long arrival, long number, int index) {
        lastTime = time;
        lastArrival = arrival;
        lastNumber = number;
        lastIndex = index;
    }

    /** Holds nothing from then on, and keeps no sketch. */
    void clear() {
        forget();
        sketch = null;
    }

    private void forget() {
        holds = NOTHING;
        count = 0;
        lastText = null;
    }

    long count() {
        return count;
    }

    /** Positive infinity while there is no number. */
    double min() {
        return min;
    }

    /** Negative infinity while there is no number. */
    double max() {
        return max;
    }

    /** NaN while there is no number. */
    double mean() {
        return holds == NUMBERS ? mean : Double.NaN;
    }

    /** The population's (divided by n); NaN while there is no number. */
    double deviation() {
        return holds == NUMBERS ? Math.sqrt(Math.max(0, squares / count)) : Double.NaN;
    }

    /** NaN while there is no number. */
    double last() {
        return last;
    }

    /**
     * Within {@link Sketch#RELATIVE_ERROR} of a reading's value, and never outside of minimum and maximum.
     *
     * @param quantile from 0 to 1
     * @return NaN while there is no number, and without a sketch
     */
    double quantile(double quantile) {
        if (sketch == null || holds != NUMBERS) {
            return Double.NaN;
        }
        return Math.max(min, Math.min(max, sketch.quantile(quantile)));
    }

    /** Null unless it holds numbers and keeps one. */
    @Nullable
    Sketch sketch() {
        return holds == NUMBERS ? sketch : null;
    }

    /** Null unless it holds text. */
    @Nullable
    String lastText() {
        return lastText;
    }

    byte[] toBytes() {
        if (holds == NOTHING) {
            return new byte[] {kind()};
        }
        byte[] text = lastText == null ? new byte[0] : lastText.getBytes(StandardCharsets.UTF_8);
        int sketchBytes = sketch == null ? 0 : sketch.bytes();
        ByteBuffer bytes =
                ByteBuffer.allocate(COMMON_BYTES + (holds == NUMBERS ? 5 * 8 + sketchBytes : 4 + text.length));
        bytes.put(kind()).putLong(count);
        bytes.putLong(lastTime).putLong(lastArrival).putLong(lastNumber).putInt(lastIndex);
        if (holds == NUMBERS) {
            bytes.putDouble(last).putDouble(min).putDouble(max).putDouble(mean).putDouble(squares);
            if (sketch != null) {
                sketch.write(bytes);
            }
        } else {
            bytes.putInt(text.length).put(text);
        }
        return bytes.array();
    }

    private byte kind() {
        return (byte) (holds | (sketch == null ? 0 : WITH_SKETCH));
    }

    /**
     * Reads one from the buffer's position, which is then behind it.
     *
     * @throws RuntimeException if they are not its bytes
     */
    static Aggregate read(ByteBuffer bytes) {
        byte kind = bytes.get();
        Aggregate read = (kind & WITH_SKETCH) == 0 ? new Aggregate() : withQuantiles();
        read.holds = (byte) (kind & ~WITH_SKETCH);
        if (read.holds == NOTHING) {
            return read;
        }
        read.count = bytes.getLong();
        read.lastTime = bytes.getLong();
        read.lastArrival = bytes.getLong();
        read.lastNumber = bytes.getLong();
        read.lastIndex = bytes.getInt();
        if (read.holds == NUMBERS) {
            read.last = bytes.getDouble();
            read.min = bytes.getDouble();
            read.max = bytes.getDouble();
            read.mean = bytes.getDouble();
            read.squares = bytes.getDouble();
            if (read.sketch != null) {
                read.sketch = Sketch.read(bytes);
            }
        } else {
            byte[] text = new byte[bytes.getInt()];
            bytes.get(text);
            read.lastText = new String(text, StandardCharsets.UTF_8);
        }
        return read;
    }
}
