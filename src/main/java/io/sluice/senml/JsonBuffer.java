package io.sluice.senml;

import java.util.Arrays;

/** JSON as UTF-8 octets in a buffer that is kept from pack to pack. */
final class JsonBuffer {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int LONGEST_INTEGER = 20;
    /** Of numbers up to 2^63: the next power of ten is beyond. */
    private static final int POWERS = 19;

    private byte[] octets = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** Writes once more what stands there. */
    void repeat(int from, int count) {
        reserve(count);
        System.arraycopy(octets, from, octets, length, count);
        length += count;
    }

    byte[] toBytes() {
        return Arrays.copyOf(octets, length);
    }

    void octet(char ascii) {
        reserve(1);
        octets[length++] = (byte) ascii;
    }

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            octets[length++] = (byte) text.charAt(i);
        }
    }

    void integer(long number) {
        if (number < 0) {
            octet('-');
        }
        digits(Math.abs(number), 1);
    }

    /** Digits with a point before the last few: {@code scaled / power}, where power is ten to the decimals. */
    void decimal(boolean negative, long scaled, long power, int decimals) {
        if (negative) {
            octet('-');
        }
        long whole = scaled <= Integer.MAX_VALUE ? (int) scaled / (int) power : scaled / power;
        digits(whole, 1);
        octet('.');
        digits(scaled - whole * power, decimals);
    }

    void string(String text) {
        reserve(6 * text.length() + 2);
        octets[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                octets[length++] = '\\';
                octets[length++] = (byte) c;
            } else if (c >= 0x20 && c < 0x80) {
                octets[length++] = (byte) c;
            } else if (c < 0x20) {
                escape(c);
            } else if (!Character.isSurrogate(c)) {
                utf8(c);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                escape(c);
            }
        }
        octets[length++] = '"';
    }

    private void digits(long number, int atLeast) {
        reserve(LONGEST_INTEGER);
        int count = Math.max(atLeast, digitsOf(number));
        int i = length + count;
        long rest = number;
        while (rest > Integer.MAX_VALUE) {
            octets[--i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        // Much the cheaper division.
        for (int small = (int) rest; i > length; small /= 10) {
            octets[--i] = (byte) ('0' + small % 10);
        }
        length += count;
    }

    private static int digitsOf(long number) {
        int count = 1;
        for (long next = 10; count < POWERS && number >= next; next *= 10) {
            count++;
        }
        return count;
    }

    private void escape(char c) {
        octets[length++] = '\\';
        octets[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            octets[length++] = HEX[c >> shift & 0xF];
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            octets[length++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                octets[length++] = (byte) (0xE0 | point >> 12);
            } else {
                octets[length++] = (byte) (0xF0 | point >> 18);
                octets[length++] = (byte) (0x80 | point >> 12 & 0x3F);
            }
            octets[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        octets[length++] = (byte) (0x80 | point & 0x3F);
    }

    private void reserve(int more) {
        if (more > octets.length - length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + more));
        }
    }
}
