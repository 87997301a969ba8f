package io.sluice.sim.pack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The items of RFC 8949 that a pack needs. An item's head is one byte, major type in the upper three bits, then the
 * argument: below 24 in the lower five bits themselves, else 24, 25, 26, 27 there and 1, 2, 4, 8 bytes big-endian after.
 */
final class CborOutput {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int FLOAT = 0xfa;
    private static final int DOUBLE = 0xfb;

    /** Beyond it a double does not hold every integer, so the integer form would claim a precision that is not there. */
    private static final double EXACT_INTEGERS = 0x1p53;

    private byte[] bytes;
    private int size;

    CborOutput(int expected) {
        bytes = new byte[expected];
    }

    CborOutput array(int items) {
        return head(ARRAY, items);
    }

    CborOutput map(int pairs) {
        return head(MAP, pairs);
    }

    CborOutput integer(long value) {
        return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, ~value);
    }

    CborOutput text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    CborOutput bool(boolean value) {
        put(value ? TRUE : FALSE, 1);
        return this;
    }

    /** As integer where it is one, else as float where that is exact, else as double. */
    CborOutput number(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS) {
            return integer((long) value);
        }
        if ((float) value == value) {
            put(FLOAT, 1);
            put(Float.floatToRawIntBits((float) value), 4);
        } else {
            put(DOUBLE, 1);
            put(Double.doubleToRawLongBits(value), 8);
        }
        return this;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private CborOutput head(int major, long argument) {
        int type = major << 5;
        if (argument < 24) {
            put(type | argument, 1);
        } else if (argument <= 0xff) {
            put(type | 24, 1);
            put(argument, 1);
        } else if (argument <= 0xffff) {
            put(type | 25, 1);
            put(argument, 2);
        } else if (argument <= 0xffff_ffffL) {
            put(type | 26, 1);
            put(argument, 4);
        } else {
            put(type | 27, 1);
            put(argument, 8);
        }
        return this;
    }

    private void put(long value, int width) {
        room(width);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
