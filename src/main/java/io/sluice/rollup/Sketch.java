package io.sluice.rollup;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A DDSketch: how many values lie in each of the intervals whose bounds grow by a factor, so that any quantile is known
 * within {@link #RELATIVE_ERROR} of a value that was added. Any split of the values over sketches and any order of
 * merging gives the same bins, and so the same quantiles.
 *
 * <p>The intervals are those of sketches-java. The bins are kept here, since a window of a sensor has a handful of
 * values that lie close together: two sorted arrays, as long as there are different bins. There are at most {@link
 * #MAX_BINS}; beyond, the lowest two become one, so that the bound on the error is lost from below, and only where
 * values lie in more than {@link #MAX_BINS} different intervals. Kept apart are the highest of all ever seen, which is
 * why this does not depend on any order either.
 *
 * <p>Any finite value has an interval. sketches-java refuses magnitudes below 2.3e-308 and above 1.78e308, though its
 * logarithm is right for them. Where doubles themselves lie further apart than the bound, below 1e-321, the error is
 * their distance.
 *
 * <p>Its bytes: 1 version (1), then as varints (7 bits a byte, the lowest first, the high bit set on all but the last)
 * the number of bins and, for each in ascending order, its key and its count; the first key zigzag, the others as the
 * distance from the one before. The key of a positive value is i + 65,536, where the interval of its magnitude has the
 * bounds f^i and f^(i+1) with f = 1.01 / 0.99; of a negative one -(i + 65,536); of zero 0.
 *
 * <p>Not thread-safe.
 */
public final class Sketch {
    public static final double RELATIVE_ERROR = 0.01;

    /** Of a record on {@code rollups.history}: the bytes of its window's sketch. */
    public static final String HEADER = "sketch";

    /** Positive values of which the greatest is 28,000 times the smallest always fit. */
    static final int MAX_BINS = 512;

    private static final IndexMapping INTERVALS = new LogarithmicMapping(RELATIVE_ERROR);

    /** Intervals reach from -37,221 to 35,487. */
    private static final int OFFSET = 65_536;

    private static final byte VERSION = 1;

    private int[] keys = {};
    private long[] counts = {};
    private int size;

    /** @param value finite */
    void add(double value) {
        add(key(value), 1);
    }

    public void merge(Sketch other) {
        for (int i = 0; i < other.size; i++) {
            add(other.keys[i], other.counts[i]);
        }
    }

    private void add(int key, long count) {
        int place = Arrays.binarySearch(keys, 0, size, key);
        if (place >= 0) {
            counts[place] += count;
        } else if (size < MAX_BINS) {
            insert(-place - 1, key, count);
        } else {
            insertIntoFull(-place - 1, key, count);
        }
    }

    private void insert(int place, int key, long count) {
        if (size == keys.length) {
            int capacity = Math.min(MAX_BINS, Math.max(4, 2 * size));
            keys = Arrays.copyOf(keys, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        System.arraycopy(keys, place, keys, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        keys[place] = key;
        counts[place] = count;
        size++;
    }

    private void insertIntoFull(int place, int key, long count) {
        if (place == 0) {
            counts[0] += count;
            return;
        }
        long lowest = counts[0];
        System.arraycopy(keys, 1, keys, 0, place - 1);
        System.arraycopy(counts, 1, counts, 0, place - 1);
        keys[place - 1] = key;
        counts[place - 1] = count;
        counts[0] += lowest;
    }

    private static int key(double value) {
        if (value == 0) {
            return 0;
        }
        int key = INTERVALS.index(Math.abs(value)) + OFFSET;
        return value > 0 ? key : -key;
    }

    /** At most {@link #RELATIVE_ERROR} from every value of that interval; of the last interval it may be infinite. */
    private static double value(int key) {
        if (key == 0) {
            return 0;
        }
        return Math.copySign(INTERVALS.value(Math.abs(key) - OFFSET), key);
    }

    /**
     * The value with the rank quantile * (count - 1), rounded down, of those that were added, in ascending order.
     *
     * @param quantile from 0 to 1
     * @return NaN if nothing was added
     */
    public double quantile(double quantile) {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        long rank = (long) (quantile * (total - 1));
        long below = 0;
        for (int i = 0; i < size; i++) {
            below += counts[i];
            if (below > rank) {
                return value(keys[i]);
            }
        }
        return Double.NaN;
    }

    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(bytes());
        write(bytes);
        return bytes.array();
    }

    int bytes() {
        int bytes = 1 + length(size);
        for (int i = 0; i < size; i++) {
            bytes += length(step(i)) + length(counts[i]);
        }
        return bytes;
    }

    void write(ByteBuffer bytes) {
        bytes.put(VERSION);
        putVarint(bytes, size);
        for (int i = 0; i < size; i++) {
            putVarint(bytes, step(i));
            putVarint(bytes, counts[i]);
        }
    }

    private int step(int place) {
        return place == 0 ? (keys[0] << 1) ^ (keys[0] >> 31) : keys[place] - keys[place - 1];
    }

    /** @throws IllegalArgumentException if these, and nothing else, are not a sketch's bytes */
    public static Sketch fromBytes(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        Sketch read = read(from);
        if (from.hasRemaining()) {
            throw new IllegalArgumentException("bytes behind a sketch");
        }
        return read;
    }

    /**
     * Reads one from the buffer's position, which is then behind it.
     *
     * @throws IllegalArgumentException if they are not a sketch's bytes
     */
    static Sketch read(ByteBuffer bytes) {
        try {
            byte version = bytes.get();
            long size = varint(bytes);
            if (version != VERSION || size < 0 || size > MAX_BINS) {
                throw new IllegalArgumentException("a sketch of version " + version + " with " + size + " bins");
            }
            Sketch read = new Sketch();
            read.size = (int) size;
            read.keys = new int[read.size];
            read.counts = new long[read.size];
            for (int i = 0; i < read.size; i++) {
                read.readBin(i, varint(bytes), varint(bytes));
            }
            return read;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a sketch that ends too early", e);
        }
    }

    private void readBin(int place, long step, long count) {
        long key = place == 0 ? (step >>> 1) ^ -(step & 1) : keys[place - 1] + step;
        boolean ascends = place == 0 || step > 0;
        if (!ascends || Math.abs(key) >= 2 * OFFSET || count < 1 || count > Long.MAX_VALUE / MAX_BINS) {
            throw new IllegalArgumentException("not a bin of a sketch: " + key + " with " + count);
        }
        keys[place] = (int) key;
        counts[place] = count;
    }

    private static int length(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private static void putVarint(ByteBuffer bytes, long value) {
        long rest = value;
        while (rest > 0x7F) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than nine bytes");
    }
}
