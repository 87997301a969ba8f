package io.sluice.registry;

import java.security.SecureRandom;
import java.util.Base64;

/** A device's secret as it is told once: 256 random bits in base64url, 43 characters. */
record DeviceToken(String text) {
    /** Longer ones are refused before they are hashed; ours have 43 characters. */
    static final int MAX_LENGTH = 256;

    static DeviceToken random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new DeviceToken(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    TokenHash hash() {
        return TokenHash.of(text);
    }

    @Override
    public String toString() {
        return "DeviceToken[…]";
    }
}
