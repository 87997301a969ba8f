package io.sluice.platform;

import io.netty.buffer.ByteBuf;

/**
 * Incremental UTF-8 validation (RFC 3629) over the fragments of a message, so that a bad octet is found in the fragment
 * that has it. ASCII, nearly all of what devices send, is checked eight octets at a time.
 */
final class Utf8Check {
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Continuation octets still expected. */
    private int missing;
    /** Bounds of the next continuation octet: narrower after E0, ED, F0 and F4 (overlong forms, surrogates, range). */
    private int low = 0x80;

    private int high = 0xbf;

    /** Whether everything so far can be the beginning of valid text. */
    boolean accepts(ByteBuf fragment) {
        int at = fragment.readerIndex();
        int end = fragment.writerIndex();
        while (at < end) {
            if (missing == 0) {
                while (end - at >= Long.BYTES && (fragment.getLong(at) & HIGH_BITS) == 0) {
                    at += Long.BYTES;
                }
                if (at == end) {
                    return true;
                }
            }
            if (!accepts(fragment.getByte(at++) & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text may end here. */
    boolean isComplete() {
        return missing == 0;
    }

    void reset() {
        missing = 0;
        low = 0x80;
        high = 0xbf;
    }

    private boolean accepts(int octet) {
        if (missing > 0) {
            if (octet < low || octet > high) {
                return false;
            }
            missing--;
            low = 0x80;
            high = 0xbf;
            return true;
        }
        if (octet < 0x80) {
            return true;
        }
        if (octet < 0xc2 || octet > 0xf4) {
            return false;
        }
        missing = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
        if (octet == 0xe0) {
            low = 0xa0;
        } else if (octet == 0xed) {
            high = 0x9f;
        } else if (octet == 0xf0) {
            low = 0x90;
        } else if (octet == 0xf4) {
            high = 0x8f;
        }
        return true;
    }
}
