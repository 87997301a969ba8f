package io.sluice.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What a browser holds for a session or a ticket: 256 random bits in base64url. The database keeps its SHA-256. */
record Secret(String text) {
    private static final int MAX_LENGTH = 64;

    static Secret random() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    boolean isPlausible() {
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
