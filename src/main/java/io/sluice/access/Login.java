package io.sluice.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and by what, so that it can be judged again later.
 *
 * @param secret the cookie's; null where Basic or a ticket opened the door
 * @param session as it was then; null where the secret is
 */
record Login(Operator operator, @Nullable Secret secret, SessionStore.@Nullable Session session) {
    static final String ATTRIBUTE = "sluice.login";

    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(operator.name()))
                .addRoles(operator.role().names())
                .addAttribute(ATTRIBUTE, this)
                .build();
    }

    /** The audit reads it after the answer. */
    void noteIn(RoutingContext context) {
        context.put(ATTRIBUTE, this);
    }

    static @Nullable Login notedIn(RoutingContext context) {
        return context.get(ATTRIBUTE);
    }
}
