package io.sluice.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares an {@code Origin} (RFC 6454) with where a request went. */
final class OwnOrigin {
    private OwnOrigin() {}

    /**
     * @param scheme of the request, {@code http} or {@code https}
     * @param authority host and port as the request names them; the scheme's port where it names none
     */
    static boolean matches(String origin, @Nullable String scheme, @Nullable String authority) {
        if (scheme == null || authority == null || authority.isEmpty()) {
            return false;
        }
        return normal(origin).equals(normal(scheme + "://" + authority));
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - ":80".length());
        }
        if (lower.startsWith("https://") && lower.endsWith(":443")) {
            return lower.substring(0, lower.length() - ":443".length());
        }
        return lower;
    }
}
