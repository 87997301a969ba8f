package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The records of the groups' state store, and so of its changelog topic. Big-endian; windows sort by length, then
 * start, so that the oldest of a length come first and are dropped in one walk.
 *
 * <pre>
 *   key 00                              value 1 version (1), 8 greatest arrival in ms, then for each length of window
 *                                             8 length, 8 floor: windows of that length with an earlier start are gone
 *   key 01 8 length group               value 8 floor: windows of that length and group with an earlier start are gone
 *   key 02 8 length 8 start group 00 metric 00 unit
 *                                       value {@link OpenWindow}
 * </pre>
 *
 * The sign of a start is turned round, so that those before 1970 sort first.
 */
final class GroupLayout {
    static final Bytes PROGRESS = Bytes.wrap(new byte[] {0});

    private static final byte FLOOR = 1;
    private static final byte WINDOW = 2;
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 1 + 8 + 8;

    private GroupLayout() {}

    static byte[] progress(long arrival, List<Window> windows, long[] floors) {
        ByteBuffer to = ByteBuffer.allocate(1 + 8 + 16 * floors.length);
        to.put(VERSION).putLong(arrival);
        for (int length = 0; length < floors.length; length++) {
            to.putLong(windows.get(length).length()).putLong(floors[length]);
        }
        return to.array();
    }

    /**
     * Fills in the floors of those lengths that are still configured.
     *
     * @return the greatest arrival
     */
    static long readProgress(byte[] value, RollupPlan plan, long[] floors) {
        ByteBuffer from = ByteBuffer.wrap(value);
        byte version = from.get();
        if (version != VERSION) {
            throw new IllegalStateException("groups' stored progress of version " + version);
        }
        long arrival = from.getLong();
        while (from.hasRemaining()) {
            int length = plan.indexOf(from.getLong());
            long floor = from.getLong();
            if (length >= 0) {
                floors[length] = floor;
            }
        }
        return arrival;
    }

    static Bytes floorKey(String group, Window window) {
        byte[] id = group.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + 8 + id.length)
                .put(FLOOR)
                .putLong(window.length())
                .put(id)
                .array());
    }

    static byte[] floor(long start) {
        return ByteBuffer.allocate(8).putLong(start).array();
    }

    static long floor(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    static Bytes firstFloor() {
        return Bytes.wrap(new byte[] {FLOOR});
    }

    static String groupOfFloor(Bytes key) {
        return text(key.get(), 1 + 8, key.get().length);
    }

    static Bytes key(String group, OpenWindow.Series series, Window window, long start) {
        byte[] id = group.getBytes(StandardCharsets.UTF_8);
        byte[] metric = series.metric().getBytes(StandardCharsets.UTF_8);
        String unit = series.unit();
        byte[] unitBytes = unit == null ? new byte[0] : unit.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(FIXED_BYTES + id.length + 1 + metric.length + 1 + unitBytes.length)
                .put(WINDOW)
                .putLong(window.length())
                .putLong(start ^ Long.MIN_VALUE)
                .put(id)
                .put((byte) 0)
                .put(metric)
                .put((byte) 0)
                .put(unitBytes)
                .array());
    }

    static Bytes first() {
        return Bytes.wrap(new byte[] {WINDOW});
    }

    /** Behind every window, and no key of its own; {@link #first} is likewise behind every floor. */
    static Bytes end() {
        return Bytes.wrap(new byte[] {WINDOW + 1});
    }

    /** Before every window of that length and start, and no key of its own. */
    static Bytes bound(Window window, long start) {
        return Bytes.wrap(ByteBuffer.allocate(FIXED_BYTES)
                .put(WINDOW)
                .putLong(window.length())
                .putLong(start ^ Long.MIN_VALUE)
                .array());
    }

    static String groupOf(Bytes key) {
        return text(key.get(), FIXED_BYTES, zero(key.get(), FIXED_BYTES));
    }

    static long startOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1 + 8) ^ Long.MIN_VALUE;
    }

    static long lengthOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }

    static GroupWindow window(Bytes key, Window length, byte[] value) {
        byte[] from = key.get();
        int groupEnd = zero(from, FIXED_BYTES);
        int metricEnd = zero(from, groupEnd + 1);
        String unit = text(from, metricEnd + 1, from.length);
        OpenWindow.Series series =
                new OpenWindow.Series(text(from, groupEnd + 1, metricEnd), RollupPlan.unitOrNull(unit));
        return new GroupWindow(text(from, FIXED_BYTES, groupEnd), OpenWindow.read(series, length, startOf(key), value));
    }

    private static int zero(byte[] from, int begin) {
        int place = begin;
        while (from[place] != 0) {
            place++;
        }
        return place;
    }

    private static String text(byte[] from, int begin, int end) {
        return new String(from, begin, end - begin, StandardCharsets.UTF_8);
    }
}
