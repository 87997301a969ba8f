package io.sluice.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The content of {@code Authorization: Basic} (RFC 7617). */
record BasicCredential(String name, String password) {
    private static final String SCHEME = "basic ";
    private static final int MAX_LENGTH = 1_024;

    static boolean isIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Empty where the header is none or broken. */
    static Optional<BasicCredential> parse(String authorization) {
        if (!isIn(authorization) || authorization.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new BasicCredential(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "BasicCredential[" + name + "]";
    }
}
