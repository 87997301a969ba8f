package io.sluice.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Tells browsers to come over TLS alone from now on (RFC 6797), on answers that themselves went over TLS. Only where a
 * time is configured: a browser keeps the promise for a host name whatever else is served under it, {@code localhost} too.
 */
@Singleton
class StrictTransport {
    /** Before what serves pages; a refusal of a malformed request, which comes earlier, does without. */
    private static final int FIRST = 1_000;

    private final String value;
    private final boolean enabled;

    StrictTransport(HttpConfig config) {
        value = "max-age=" + config.strictTransport().toSeconds();
        enabled = !config.strictTransport().isZero();
    }

    void register(@Observes Filters filters) {
        if (enabled) {
            filters.register(this::tell, FIRST);
        }
    }

    private void tell(RoutingContext context) {
        if (context.request().isSSL()) {
            context.response().putHeader("Strict-Transport-Security", value);
        }
        context.next();
    }
}
