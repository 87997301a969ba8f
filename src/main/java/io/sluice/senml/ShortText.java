package io.sluice.senml;

/**
 * A name or unit as UTF-8, reused from record to record. It keeps no more octets than a resolved one may have, but knows
 * the true length, so that one that is too long costs nothing and is refused where it is used.
 */
final class ShortText {
    private final byte[] octets;
    private int length;

    ShortText(int capacity) {
        octets = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    boolean fits() {
        return length <= octets.length;
    }

    /** Valid up to {@link #length()} where {@link #fits()}. */
    byte[] octets() {
        return octets;
    }

    void set(byte[] source, int offset, int count) {
        length = count;
        System.arraycopy(source, offset, octets, 0, Math.min(count, octets.length));
    }

    /** @return false where a surrogate stands alone */
    boolean set(char[] source, int offset, int count) {
        length = 0;
        for (int i = offset; i < offset + count; i++) {
            char c = source[i];
            if (c < 0x80) {
                put(c);
            } else if (c < 0x800) {
                put(0xC0 | c >> 6);
                put(0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                put(0xE0 | c >> 12);
                put(0x80 | c >> 6 & 0x3F);
                put(0x80 | c & 0x3F);
            } else {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < offset + count
                        && Character.isLowSurrogate(source[i + 1]);
                if (!pair) {
                    return false;
                }
                int point = Character.toCodePoint(c, source[++i]);
                put(0xF0 | point >> 18);
                put(0x80 | point >> 12 & 0x3F);
                put(0x80 | point >> 6 & 0x3F);
                put(0x80 | point & 0x3F);
            }
        }
        return true;
    }

    private void put(int octet) {
        if (length < octets.length) {
            octets[length] = (byte) octet;
        }
        length++;
    }
}
