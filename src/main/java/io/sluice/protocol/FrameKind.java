package io.sluice.protocol;

/** Tells control from data by the first significant byte (device protocol section 2). */
public enum FrameKind {
    CONTROL,
    DATA;

    private static final int CBOR_MAP = 5;
    private static final int CBOR_TAG = 6;

    /** @param text whether it came in a text frame (JSON) or a binary one (CBOR) */
    public static FrameKind of(byte[] message, boolean text) {
        return text ? ofJson(message) : ofCbor(message);
    }

    private static FrameKind ofJson(byte[] message) {
        for (byte b : message) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b == '{' ? CONTROL : DATA;
            }
        }
        return DATA;
    }

    private static FrameKind ofCbor(byte[] message) {
        int i = 0;
        while (i < message.length) {
            int major = (message[i] & 0xff) >> 5;
            if (major != CBOR_TAG) {
                return major == CBOR_MAP ? CONTROL : DATA;
            }
            int argument = message[i] & 0x1f;
            if (argument > 27) {
                return DATA;
            }
            i += 1 + (argument < 24 ? 0 : 1 << (argument - 24));
        }
        return DATA;
    }
}
