package io.sluice.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sluice.platform.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * Refuses what another site's page makes a browser send (operator protocol section 2): a state-changing request with a
 * foreign {@code Origin} or {@code Sec-Fetch-Site}, or with a session cookie and neither header. Devices' requests are not
 * judged: a credential in a header is not ambient.
 */
final class CrossSiteFilter {
    /** Before authentication (200): a foreign page must not even cost a password's verification. */
    private static final int PRIORITY = 250;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Origins origins;

    CrossSiteFilter(Origins origins) {
        this.origins = origins;
    }

    void register(@Observes Filters filters) {
        filters.register(this::judge, PRIORITY);
    }

    private void judge(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (SAFE.contains(request.method())
                || path.equals("/ingest")
                || path.startsWith("/q/dev-ui")
                || path.startsWith("/q/dev/")
                || !isForeign(request)) {
            context.next();
            return;
        }
        if (!request.isEnded()) {
            request.resume();
        }
        Problem.of(403, "The request comes from another site's page, or does not say from where it comes.")
                .send(context.response());
    }

    private boolean isForeign(HttpServerRequest request) {
        if (!origins.permits(request)) {
            return true;
        }
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        if (!sites.isEmpty()) {
            return !OWN_SITES.containsAll(sites) && !origins.isListed(request);
        }
        return !request.headers().contains(HttpHeaders.ORIGIN) && SessionCookie.isIn(request);
    }
}
