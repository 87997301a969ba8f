package io.sluice.senml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the data items of a CBOR message (RFC 8949) in place. {@link #head} reads one item's head and checks its claims
 * against what is left of the message, so no caller can be made to allocate or loop for more than was sent.
 *
 * <p>Head: the upper 3 bits of the first octet are the major type, the lower 5 the argument itself (to 23), the number of
 * octets that follow with it (24 to 27: 1, 2, 4, 8) or 31 for indefinite length.
 */
final class CborReader {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    static final int FALSE = 20;
    static final int TRUE = 21;
    static final int HALF = 25;
    static final int FLOAT = 26;
    static final int DOUBLE = 27;

    static final byte[] NOTHING = {};

    private static final int INDEFINITE = 31;
    private static final byte BREAK = (byte) 0xFF;

    private byte[] message = NOTHING;
    private int start;
    private int end;
    private int position;

    private int major;
    private int info;
    private long argument;
    private boolean indefinite;

    private byte[] joined = NOTHING;
    private byte[] string = NOTHING;
    private int stringOffset;
    private int stringLength;

    void reset(byte[] octets, int offset, int length) {
        message = octets;
        start = offset;
        position = offset;
        end = offset + length;
        string = octets;
    }

    /** Lets go of the message; nothing of it is referred to afterwards. */
    void release() {
        message = NOTHING;
        string = NOTHING;
        joined = NOTHING;
        start = 0;
        position = 0;
        end = 0;
    }

    void head() throws PackException {
        int first = octet();
        major = first >>> 5;
        info = first & 0x1F;
        indefinite = info == INDEFINITE;
        if (info < 24) {
            argument = info;
        } else if (info <= 27) {
            argument = bigEndian(1 << info - 24);
        } else if (!indefinite || major < BYTES || major > MAP) {
            throw malformed("not a well-formed head");
        }
        checkClaim();
    }

    int major() {
        return major;
    }

    /** The lower 5 bits of the head; for {@link #SIMPLE} it says what {@link #argument} is. */
    int info() {
        return info;
    }

    /** Unsigned 64 bits: a value, a length, a count, a tag or a float's bits. Undefined where {@link #isIndefinite}. */
    long argument() {
        return argument;
    }

    boolean isIndefinite() {
        return indefinite;
    }

    /** Steps over the break that ends an indefinite item, where one stands. */
    boolean atBreak() throws PackException {
        if (position == end) {
            throw truncated();
        }
        if (message[position] != BREAK) {
            return false;
        }
        position++;
        return true;
    }

    boolean atEnd() {
        return position == end;
    }

    int position() {
        return position;
    }

    /** After the head of {@link #BYTES} or {@link #TEXT}: makes its content the current string. */
    void string() throws PackException {
        int kind = major;
        if (!indefinite) {
            string = message;
            chunk(kind);
            return;
        }
        int length = 0;
        while (!atBreak()) {
            head();
            if (major != kind || indefinite) {
                throw malformed("a chunk of another kind");
            }
            chunk(kind);
            if (length + stringLength > joined.length) {
                joined = Arrays.copyOf(joined, Math.max(2 * joined.length, length + stringLength));
            }
            System.arraycopy(message, stringOffset, joined, length, stringLength);
            length += stringLength;
        }
        string = joined;
        stringOffset = 0;
        stringLength = length;
    }

    byte[] stringOctets() {
        return string;
    }

    int stringOffset() {
        return stringOffset;
    }

    int stringLength() {
        return stringLength;
    }

    String stringAsText() {
        return new String(string, stringOffset, stringLength, StandardCharsets.UTF_8);
    }

    PackException malformed(String what) {
        return PackException.malformed("octet " + (position - start) + ": " + what);
    }

    private void chunk(int kind) throws PackException {
        stringOffset = position;
        stringLength = (int) argument;
        position += stringLength;
        if (kind == TEXT && Utf8.firstInvalid(message, stringOffset, stringLength) >= 0) {
            throw malformed("text that is not UTF-8");
        }
    }

    /** Every element takes an octet at least, every member of a map two. */
    private void checkClaim() throws PackException {
        if (indefinite || major < BYTES) {
            return;
        }
        long left = end - position;
        if (major <= MAP && Long.compareUnsigned(argument, major == MAP ? left / 2 : left) > 0) {
            throw malformed("a length that exceeds the message");
        }
        if (major == SIMPLE && info == 24 && argument < 32) {
            throw malformed("not a well-formed simple value");
        }
    }

    private int octet() throws PackException {
        if (position == end) {
            throw truncated();
        }
        return message[position++] & 0xFF;
    }

    private long bigEndian(int octets) throws PackException {
        if (octets > end - position) {
            throw truncated();
        }
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | message[position++] & 0xFF;
        }
        return value;
    }

    private PackException truncated() {
        return malformed("the message ends too early");
    }
}
