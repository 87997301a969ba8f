package io.sluice.platform;

import io.netty.buffer.ByteBuf;

/**
 * Incremental UTF-8 validation (RFC 3629), so that a bad octet is found as soon as it is there. It reads text as it is on
 * the wire, under a mask. ASCII, nearly all of what devices send, is checked eight octets at a time.
 */
final class Utf8Check {
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Continuation octets still expected. */
    private int missing;
    /** Bounds of the next continuation octet: narrower after E0, ED, F0 and F4 (overlong forms, surrogates, range). */
    private int low = 0x80;

    private int high = 0xbf;

    /**
     * @param mask for the octets from {@code from} on, its first in the highest eight bits; 0 for none
     * @return the index of the first octet that no text can have there; {@code to} where all can be the beginning of text
     */
    int firstBad(ByteBuf octets, int from, int to, int mask) {
        long masks = (mask & 0xffffffffL) << 32 | mask & 0xffffffffL;
        int at = from;
        while (at < to) {
            if (missing == 0) {
                while (to - at >= Long.BYTES && ((octets.getLong(at) ^ masks) & HIGH_BITS) == 0) {
                    at += Long.BYTES;
                }
                if (at == to) {
                    return to;
                }
            }
            if (!accepts((octets.getByte(at) ^ (int) (masks >>> 56)) & 0xff)) {
                return at;
            }
            masks = Long.rotateLeft(masks, 8);
            at++;
        }
        return to;
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
