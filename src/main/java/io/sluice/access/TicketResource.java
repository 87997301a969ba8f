package io.sluice.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/api/tickets")
@Tag(name = "Access")
@Cancellable(false)
class TicketResource {
    private final SessionStore sessions;
    private final AccessConfig config;

    TicketResource(SessionStore sessions, AccessConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    /** @param expiresIn seconds */
    record Ticket(String ticket, long expiresIn) implements JsonAnswer {
        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.text("ticket", ticket).whole("expiresIn", expiresIn);
        }
    }

    @POST
    @RolesAllowed("viewer")
    @Operation(summary = "Makes a ticket that opens /live once, with the caller's role")
    public Uni<RestResponse<Ticket>> create(@Context SecurityIdentity identity) {
        Secret secret = Secret.random();
        return sessions.createTicket(secret, identity.getPrincipal().getName(), config.ticketFor())
                .map(done -> RestResponse.ResponseBuilder.ok(
                                new Ticket(secret.text(), config.ticketFor().toSeconds()))
                        .header("Cache-Control", "no-store")
                        .build());
    }
}
