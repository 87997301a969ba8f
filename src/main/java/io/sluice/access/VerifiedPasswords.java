package io.sluice.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials that were verified a short while ago, so that a script's every call does not cost a bcrypt. Kept as an HMAC
 * under a key that lives in this process only; bound to the stored hash, so that a changed password ends them. Bounded.
 */
final class VerifiedPasswords {
    private static final String MAC = "HmacSHA256";

    private record Verified(String passwordHash, long until) {}

    private final SecretKeySpec key;
    private final long keepMs;
    private final InstantSource clock;
    private final Map<String, Verified> verified;

    VerifiedPasswords(Duration keep, int size, InstantSource clock) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, MAC);
        this.keepMs = keep.toMillis();
        this.clock = clock;
        this.verified = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
                return size() > size;
            }
        };
    }

    /** By what a credential is known here; tells nothing of the password. */
    String fingerprint(String name, String password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    synchronized boolean knows(String fingerprint, String passwordHash) {
        Verified found = verified.get(fingerprint);
        if (found == null) {
            return false;
        }
        if (clock.millis() >= found.until() || !found.passwordHash().equals(passwordHash)) {
            verified.remove(fingerprint);
            return false;
        }
        return true;
    }

    synchronized void add(String fingerprint, String passwordHash) {
        verified.put(fingerprint, new Verified(passwordHash, clock.millis() + keepMs));
    }
}
