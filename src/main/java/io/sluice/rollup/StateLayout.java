package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The records of the state store, and so of its changelog topic. Big-endian; keys sort by kind, then device.
 *
 * <pre>
 *   key 00                              value 8 next offset of the input partition
 *   key 01 device                       value 1 version (3), 1 flags (1: a window is not announced yet,
 *                                             2: nor are the newest counts),
 *                                             8 greatest event time, 8 greatest arrival, ms,
 *                                             8 duplicates, 8 late, 8 overflowed,
 *                                             8 duplicates with the number 1, 8 arrival of the last duplicate, ms
 *                                             (both not in version 1), 8 arrival of the last late reading, ms (not
 *                                             before version 3), then {@link Deduplication}
 *   key 02 device 00 metric 00 8 length 8 start unit
 *                                       value {@link OpenWindow}
 * </pre>
 *
 * Device ids and metrics are ASCII without zero; a unit may be anything in UTF-8, empty for none. A window has its
 * length, not its name, so that it survives a renaming in the configuration; one whose length is no longer configured
 * is dropped when its device is next read.
 */
final class StateLayout {
    static final Bytes POSITION = Bytes.wrap(new byte[] {0});

    private static final byte DEVICE = 1;
    private static final byte WINDOW = 2;
    private static final byte VERSION = 3;
    private static final byte VERSION_WITHOUT_LAST_LATE = 2;
    private static final byte VERSION_WITHOUT_FROM_ONE = 1;
    private static final int UNSETTLED = 1;
    private static final int UNTOLD = 2;
    private static final int FIXED_BYTES = 2 + 8 * 8;

    private StateLayout() {}

    static byte[] position(long offset) {
        return ByteBuffer.allocate(8).putLong(offset).array();
    }

    static long position(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    static Bytes deviceKey(String device) {
        byte[] id = ascii(device);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(DEVICE).put(id).array());
    }

    static Bytes firstDevice() {
        return Bytes.wrap(new byte[] {DEVICE});
    }

    /** Behind every device, and no key of its own. */
    static Bytes afterDevices() {
        return Bytes.wrap(new byte[] {WINDOW});
    }

    static String deviceOf(Bytes key) {
        return new String(key.get(), 1, key.get().length - 1, StandardCharsets.ISO_8859_1);
    }

    /** Whether a window is still to be announced, or a count to be told. */
    static boolean isUnfinished(byte[] deviceValue) {
        return (deviceValue[1] & (UNSETTLED | UNTOLD)) != 0;
    }

    static long lastArrival(byte[] deviceValue) {
        return ByteBuffer.wrap(deviceValue).getLong(2 + 8);
    }

    static boolean hasCounts(byte[] deviceValue) {
        ByteBuffer value = ByteBuffer.wrap(deviceValue);
        return value.getLong(2 + 2 * 8) > 0 || value.getLong(2 + 3 * 8) > 0;
    }

    /** A buffer in which every device's value has room. */
    static ByteBuffer scratch() {
        return ByteBuffer.allocate(FIXED_BYTES + Deduplication.maxBytes());
    }

    static byte[] deviceValue(DeviceState device, ByteBuffer scratch) {
        scratch.clear();
        int flags = (device.isSettled() ? 0 : UNSETTLED) | (device.untoldCounts ? UNTOLD : 0);
        scratch.put(VERSION).put((byte) flags);
        scratch.putLong(device.clock.event()).putLong(device.clock.arrival());
        scratch.putLong(device.duplicates).putLong(device.late).putLong(device.overflowed);
        scratch.putLong(device.duplicatesFromOne).putLong(device.lastDuplicate);
        scratch.putLong(device.lastLate);
        device.deduplication.write(scratch);
        return Arrays.copyOf(scratch.array(), scratch.position());
    }

    static DeviceState device(String id, byte[] value, RollupPlan plan, RollupCounters counters) {
        ByteBuffer from = ByteBuffer.wrap(value);
        byte version = from.get();
        if (version < VERSION_WITHOUT_FROM_ONE || version > VERSION) {
            throw new IllegalStateException("a stored device of version " + version);
        }
        int flags = from.get();
        DeviceClock clock = new DeviceClock(from.getLong(), from.getLong());
        long duplicates = from.getLong();
        long late = from.getLong();
        long overflowed = from.getLong();
        boolean hasFromOne = version > VERSION_WITHOUT_FROM_ONE;
        long fromOne = hasFromOne ? from.getLong() : 0;
        long lastDuplicate = hasFromOne ? from.getLong() : 0;
        long lastLate = version > VERSION_WITHOUT_LAST_LATE ? from.getLong() : 0;
        DeviceState device = new DeviceState(id, plan, counters, clock, Deduplication.read(from));
        device.duplicates = duplicates;
        device.late = late;
        device.lastLate = lastLate;
        device.overflowed = overflowed;
        device.duplicatesFromOne = fromOne;
        device.lastDuplicate = lastDuplicate;
        device.untoldCounts = (flags & UNTOLD) != 0;
        return device;
    }

    static Bytes windowKey(String device, OpenWindow window) {
        byte[] id = ascii(device);
        byte[] metric = window.series.metric().getBytes(StandardCharsets.UTF_8);
        String unit = window.series.unit();
        byte[] unitBytes = unit == null ? new byte[0] : unit.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length + 1 + metric.length + 1 + 8 + 8 + unitBytes.length)
                .put(WINDOW)
                .put(id)
                .put((byte) 0)
                .put(metric)
                .put((byte) 0)
                .putLong(window.window.length())
                .putLong(window.start)
                .put(unitBytes)
                .array());
    }

    static Bytes firstWindow(String device) {
        return windowBound(device, (byte) 0);
    }

    /** Behind every window of the device, and no key of its own. */
    static Bytes afterWindows(String device) {
        return windowBound(device, (byte) 1);
    }

    private static Bytes windowBound(String device, byte end) {
        byte[] id = ascii(device);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length + 1)
                .put(WINDOW)
                .put(id)
                .put(end)
                .array());
    }

    /** Puts the window of a stored record among the device's own, unless its length is no longer configured. */
    static boolean keep(DeviceState device, RollupPlan plan, Bytes key, byte[] value) {
        ByteBuffer from = ByteBuffer.wrap(key.get());
        from.position(1);
        text(from);
        String metric = text(from);
        int length = plan.indexOf(from.getLong());
        long start = from.getLong();
        byte[] unit = new byte[from.remaining()];
        from.get(unit);
        if (length < 0) {
            return false;
        }
        OpenWindow.Series series =
                new OpenWindow.Series(metric, RollupPlan.unitOrNull(new String(unit, StandardCharsets.UTF_8)));
        device.keep(length, OpenWindow.read(series, plan.windows().get(length), start, value));
        return true;
    }

    private static String text(ByteBuffer from) {
        int begin = from.position();
        while (from.get() != 0) {
            // up to the zero that ends it
        }
        return new String(from.array(), begin, from.position() - 1 - begin, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
