package io.sluice.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The cookie that carries a session. Over TLS its name begins with {@code __Host-}, with which a browser takes it from this
 * host over TLS only; over permitted plain HTTP browsers refuse that name, hence another.
 */
final class SessionCookie {
    static final String SECURE_NAME = "__Host-sluice";
    static final String PLAIN_NAME = "sluice";

    private SessionCookie() {}

    static Optional<Secret> read(HttpServerRequest request) {
        Cookie cookie = request.getCookie(name(request));
        return Optional.ofNullable(cookie).map(found -> new Secret(found.getValue()));
    }

    /** Whether any session cookie came along, of either name. */
    static boolean isIn(HttpServerRequest request) {
        return request.getCookie(SECURE_NAME) != null || request.getCookie(PLAIN_NAME) != null;
    }

    /** Without {@code Max-Age}: it goes when the browser is closed, and the server ends it in any case. */
    static String issue(HttpServerRequest request, Secret secret) {
        return name(request) + "=" + secret.text() + attributes(request);
    }

    static String expire(HttpServerRequest request) {
        return name(request) + "=; Max-Age=0" + attributes(request);
    }

    private static String attributes(HttpServerRequest request) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure(request) ? "; Secure" : "");
    }

    private static String name(HttpServerRequest request) {
        return isSecure(request) ? SECURE_NAME : PLAIN_NAME;
    }

    private static boolean isSecure(HttpServerRequest request) {
        return "https".equals(request.scheme());
    }
}
