package io.sluice.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes every state-changing call of an operator into the audit before it is answered, whatever room serves it. Attempts
 * of the unknown are counted only: rows for them would let anybody fill the database.
 */
final class AuditFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Audit audit;
    private final MeterRegistry meters;

    AuditFilter(Audit audit, MeterRegistry meters) {
        this.audit = audit;
        this.meters = meters;
    }

    @ServerResponseFilter
    Uni<Void> note(ContainerResponseContext response, RoutingContext context) {
        int status = response.getStatus();
        if (status == 401 || status == 403 || status == 429) {
            meters.counter("sluice.access.refused", "status", Integer.toString(status))
                    .increment();
        }
        String method = context.request().method().name();
        Login login = Login.notedIn(context);
        if (login == null || SAFE.contains(method)) {
            return Uni.createFrom().voidItem();
        }
        return audit.write(
                        login.operator().name(),
                        PeerAddress.of(context.request()),
                        method,
                        context.normalizedPath(),
                        status)
                .onFailure()
                .invoke(e -> AccessLog.LOG.auditFailed(e.toString()))
                .onFailure()
                .recoverWithNull();
    }
}
