package io.sluice.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where a process has not the role {@code live}, it has no REST, no console and opens no session: devices, health and
 * metrics only, so that the tier that meets devices has nothing that changes anything. Metrics still take an operator's
 * credential, throttled as everywhere. The framework mounts everything at build time; hence a filter before all of it.
 */
@Singleton
final class RoleGate {
    /** Before the judgement of origins (250) and authentication (200): what is not here costs nothing. */
    private static final int PRIORITY = 300;

    private static final List<String> EVERYWHERE = List.of("/ingest", "/q/health", "/q/metrics");
    private static final Problem NOT_HERE = Problem.of(404, "This instance does not serve operators.");

    private final boolean open;

    RoleGate(@ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") Set<String> roles) {
        this.open = roles.contains("live");
    }

    void register(@Observes Filters filters) {
        if (!open) {
            filters.register(RoleGate::judge, PRIORITY);
        }
    }

    private static void judge(RoutingContext context) {
        String path = context.normalizedPath();
        if (EVERYWHERE.stream().anyMatch(here -> path.equals(here) || path.startsWith(here + "/"))) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.resume();
        }
        NOT_HERE.send(context.response());
    }
}
