package io.sluice.access;

import io.sluice.platform.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

@Path("/api/audit")
@Tag(name = "Access")
@Cancellable(false)
class AuditResource {
    private final Audit audit;

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @GET
    @RolesAllowed("admin")
    public Uni<Page<Audit.Entry>> list(
            @RestQuery @Nullable String operator,
            @RestQuery @DefaultValue("1000") int limit,
            @RestQuery @Nullable Long next) {
        long before = next == null ? Long.MAX_VALUE : next;
        return audit.list(operator, before, Page.checkLimit(limit) + 1)
                .map(entries -> Page.of(entries, limit, entry -> Long.toString(entry.id())));
    }
}
