package io.sluice.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * From which pages a browser may call: the service's own, and those of {@code sluice.access.allowed-origins}, compared
 * exactly (operator protocol sections 1 and 2).
 */
@ApplicationScoped
public class Origins {
    private final Set<String> allowed;

    Origins(AccessConfig config) {
        this.allowed = config.allowedOrigins().map(Set::copyOf).orElse(Set.of());
    }

    /** Whether the request has no {@code Origin}, or one that is permitted. {@code null} and repeated ones are not. */
    public boolean permits(HttpServerRequest request) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        return origins.isEmpty() || (origins.size() == 1 && isPermitted(origins.get(0), request));
    }

    /** Whether the request comes from a page of the allow-list, so that a browser rightly calls it cross-site. */
    boolean isListed(HttpServerRequest request) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        return origins.size() == 1 && allowed.contains(origins.get(0));
    }

    private boolean isPermitted(String origin, HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return allowed.contains(origin)
                || OwnOrigin.matches(origin, request.scheme(), authority == null ? null : authority.toString());
    }
}
