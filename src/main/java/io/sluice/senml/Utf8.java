package io.sluice.senml;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** RFC 3629, without overlong forms, surrogates or anything above U+10FFFF. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** @return the index of the first octet that is wrong, or -1 */
    static int firstInvalid(byte[] octets, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (i + Long.BYTES <= end && ((long) LONGS.get(octets, i) & NOT_ASCII) == 0) {
                i += Long.BYTES;
                continue;
            }
            int lead = octets[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int size = sizeOf(lead & 0xFF);
            if (size == 0 || i + size > end || !isRightSecond(lead & 0xFF, octets[i + 1] & 0xFF)) {
                return i;
            }
            for (int k = 2; k < size; k++) {
                if ((octets[i + k] & 0xC0) != 0x80) {
                    return i;
                }
            }
            i += size;
        }
        return -1;
    }

    private static int sizeOf(int lead) {
        if (lead < 0xC2) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    }

    /** The second octet is where overlong forms, surrogates and too great code points show (RFC 3629 section 4). */
    private static boolean isRightSecond(int lead, int second) {
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int greatest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= greatest;
    }
}
