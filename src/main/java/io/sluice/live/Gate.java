package io.sluice.live;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Judges who may open a live connection, before it is opened: origin, room, then identity, which may take a query. */
@ApplicationScoped
class Gate {
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    private final LiveStream live;
    private final IdentityProviderManager identities;

    Gate(LiveStream live, IdentityProviderManager identities) {
        this.live = live;
        this.identities = identities;
    }

    /**
     * Answers the refused; the admitted go on, on the request's own event loop.
     *
     * @param admitted gets the operator's roles, viewer among them
     */
    void admit(RoutingContext routing, Consumer<List<String>> admitted) {
        HttpServerRequest request = routing.request();
        if (!live.isEnabled()) {
            Refusal.NOT_HERE.answer(request);
        } else if (!OwnOrigin.permits(request)) {
            Refusal.FOREIGN.answer(request);
        } else if (live.isStopping()) {
            Refusal.STOPPING.answer(request);
        } else if (live.isFull()) {
            Refusal.FULL.answer(request);
        } else {
            Context context = Vertx.currentContext();
            QuarkusHttpUser.getSecurityIdentity(routing, identities)
                    .subscribe()
                    .with(
                            identity -> context.runOnContext(nothing -> judge(routing, identity, admitted)),
                            failure -> context.runOnContext(nothing -> Refusal.UNKNOWN.answer(request)));
        }
    }

    private static void judge(RoutingContext routing, SecurityIdentity identity, Consumer<List<String>> admitted) {
        if (identity == null || identity.isAnonymous()) {
            Refusal.UNKNOWN.answer(routing.request());
            return;
        }
        List<String> roles = new ArrayList<>(ROLES);
        roles.retainAll(identity.getRoles());
        if (roles.contains("viewer")) {
            admitted.accept(roles);
        } else {
            Refusal.NO_ROLE.answer(routing.request());
        }
    }
}
