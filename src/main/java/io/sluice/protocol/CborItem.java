package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Walks one CBOR item without building it (RFC 8949 appendix C), to tell a broken control frame from an unknown one. */
final class CborItem {
    private static final int MAX_DEPTH = 32;
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;

    private final byte[] bytes;
    private int at;

    private CborItem(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean isOneWellFormedItem(byte[] message) {
        CborItem item = new CborItem(message);
        return item.skip(0) && item.at == message.length;
    }

    private boolean skip(int depth) {
        if (depth > MAX_DEPTH || at >= bytes.length) {
            return false;
        }
        int initial = bytes[at++] & 0xff;
        int major = initial >> 5;
        int info = initial & 0x1f;
        if (info == INDEFINITE) {
            return major >= 2 && major <= 5 && skipIndefinite(major, depth);
        }
        // 28 to 30 are reserved: a width that nothing has room for would be wrong in a long message, so they are named.
        if (info > 27) {
            return false;
        }
        int width = info < 24 ? 0 : 1 << (info - 24);
        if (width > bytes.length - at) {
            return false;
        }
        long argument = info;
        for (int i = 0; i < width; i++) {
            argument = (i == 0 ? 0 : argument << 8) | bytes[at++] & 0xff;
        }
        switch (major) {
            case 0, 1:
                return true;
            case 2:
                return skipBytes(argument);
            case 3:
                int start = at;
                return skipBytes(argument) && isUtf8(start, at);
            case 4:
                return skipItems(argument, depth);
            case 5:
                return argument >= 0 && argument <= bytes.length && skipItems(argument * 2, depth);
            case 6:
                return skip(depth + 1);
            default:
                return info != 24 || argument >= 32;
        }
    }

    private boolean skipBytes(long length) {
        if (length < 0 || length > bytes.length - at) {
            return false;
        }
        at += (int) length;
        return true;
    }

    private boolean skipItems(long count, int depth) {
        if (count < 0 || count > bytes.length - at) {
            return false;
        }
        for (long i = 0; i < count; i++) {
            if (!skip(depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean skipIndefinite(int major, int depth) {
        int items = 0;
        while (at < bytes.length) {
            int next = bytes[at] & 0xff;
            if (next == BREAK) {
                at++;
                return major != 5 || items % 2 == 0;
            }
            boolean chunked = major < 4;
            if (chunked && (next >> 5 != major || (next & 0x1f) == INDEFINITE) || !skip(depth + 1)) {
                return false;
            }
            items++;
        }
        return false;
    }

    private boolean isUtf8(int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
