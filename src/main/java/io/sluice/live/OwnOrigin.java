package io.sluice.live;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** Whether a request comes from a page of the service itself (operator protocol section 1). */
final class OwnOrigin {
    private OwnOrigin() {}

    /** Programs send no origin, browsers always do on an upgrade. */
    static boolean permits(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return site == null || site.equals("same-origin") || site.equals("none");
        }
        String host = request.getHeader("Host");
        return host != null && isOwn(origin, request.scheme(), host);
    }

    static boolean isOwn(String origin, String scheme, String host) {
        return origin.toLowerCase(Locale.ROOT).equals(scheme + "://" + withoutDefaultPort(scheme, host));
    }

    private static String withoutDefaultPort(String scheme, String host) {
        String port = scheme.equals("https") ? ":443" : ":80";
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
