package io.sluice.live;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.sluice.access.Origins;
import io.sluice.platform.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges who may open a live connection, before it is opened: origin, room, then identity, which may take a query. */
@ApplicationScoped
class Gate {
    private static final Problem FOREIGN = Problem.of(403, "The origin is not one of the service's own.");
    private static final Problem STOPPING = Problem.of(503, "The instance is stopping; another one may answer.");
    private static final Problem FULL = Problem.of(503, "Too many live connections.");
    private static final Problem NO_ROLE = Problem.of(403, "The role viewer is needed.");
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    private final LiveStream live;
    private final Origins origins;
    private final HttpAuthenticator authenticator;
    private final IdentityProviderManager identities;

    Gate(LiveStream live, Origins origins, HttpAuthenticator authenticator, IdentityProviderManager identities) {
        this.live = live;
        this.origins = origins;
        this.authenticator = authenticator;
        this.identities = identities;
    }

    /** @param roles of those that this room knows, viewer among them */
    record Admitted(SecurityIdentity identity, List<String> roles) {}

    /**
     * Answers the refused; the admitted go on, on the request's own event loop.
     *
     * @param admitted gets who it is
     */
    void admit(RoutingContext routing, Consumer<Admitted> admitted) {
        HttpServerResponse response = routing.response();
        if (!origins.permits(routing.request())) {
            FOREIGN.send(response);
        } else if (live.isStopping()) {
            STOPPING.send(response.putHeader("Retry-After", "5"));
        } else if (live.isFull()) {
            FULL.send(response.putHeader("Retry-After", "5"));
        } else {
            Context context = Vertx.currentContext();
            QuarkusHttpUser.getSecurityIdentity(routing, identities)
                    .subscribe()
                    .with(
                            identity -> context.runOnContext(nothing -> judge(routing, identity, admitted)),
                            failure -> context.runOnContext(nothing -> challenge(routing)));
        }
    }

    private void judge(RoutingContext routing, @Nullable SecurityIdentity identity, Consumer<Admitted> admitted) {
        if (identity == null || identity.isAnonymous()) {
            challenge(routing);
            return;
        }
        List<String> roles = new ArrayList<>(ROLES);
        roles.retainAll(identity.getRoles());
        if (roles.contains("viewer")) {
            admitted.accept(new Admitted(identity, roles));
        } else {
            NO_ROLE.send(routing.response());
        }
    }

    /** Access knows whether it is 401, 429 or 503, and who gets a challenge. */
    private void challenge(RoutingContext routing) {
        authenticator.sendChallenge(routing).subscribe().with(sent -> {}, routing::fail);
    }
}
