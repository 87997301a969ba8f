package io.sluice.senml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The text form of data values: RFC 4648 section 5, without padding. */
final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    static String encode(byte[] octets, int offset, int length) {
        byte[] encoded = ENCODER.encode(Arrays.copyOfRange(octets, offset, offset + length));
        return new String(encoded, StandardCharsets.ISO_8859_1);
    }

    static boolean isValid(String text) {
        if (text.length() % 4 == 1) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inAlphabet =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!inAlphabet) {
                return false;
            }
        }
        return true;
    }
}
