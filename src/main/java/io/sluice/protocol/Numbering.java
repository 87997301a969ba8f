package io.sluice.protocol;

import io.sluice.telemetry.Identifier;

/** The grammar of {@code epoch}, {@code next} and {@code seq} (device protocol section 1). */
public final class Numbering {
    /** 2^53-1, the greatest number a device may give to a message: exact in every JSON library. */
    public static final long MAX = (1L << 53) - 1;

    private Numbering() {}

    /** Whether it names a numbering: 1-64 of the identifier's characters. */
    public static boolean isEpoch(String text) {
        return Identifier.isMadeOfIdentifierCharacters(text);
    }

    /** The number, or -1 where it is none from 1 to {@link #MAX} in plain decimal digits. */
    public static long parse(String text) {
        int length = text.length();
        if (length == 0 || length > 16) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value >= 1 && value <= MAX ? value : -1;
    }
}
