package io.sluice.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Lets operators in by ticket (on {@code /live} only), HTTP Basic or session cookie, in this order. Not on {@code /ingest}:
 * a device's Basic credential is not an operator's. Quarkus's own form log-in is a stateless cookie that knows neither
 * log-out nor an absolute end, hence this one.
 */
@ApplicationScoped
class OperatorMechanism implements HttpAuthenticationMechanism {
    private static final String DEVICES = "/ingest";
    private static final String LIVE = "/live";

    private final Logins logins;

    OperatorMechanism(Logins logins) {
        this.logins = logins;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (isAt(path, DEVICES)) {
            return Uni.createFrom().nullItem();
        }
        Uni<SecurityIdentity> identity = identify(context, request, path);
        Context vertx = Vertx.currentContext();
        return identity.onFailure(e -> !(e instanceof AuthenticationFailedException))
                .transform(e -> {
                    logins.noteOutage(e);
                    return refused(context, Refusal.busy());
                })
                // Passwords are verified on other threads, and what follows belongs on the request's own.
                .emitOn(vertx == null ? Runnable::run : MutinyHelper.executor(vertx));
    }

    private Uni<SecurityIdentity> identify(RoutingContext context, HttpServerRequest request, String path) {
        String ticket = isAt(path, LIVE) ? request.getParam("ticket") : null;
        if (ticket != null) {
            return logins.byTicket(new Secret(ticket))
                    .map(found -> letIn(context, found.map(OperatorMechanism::unbound)));
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && BasicCredential.isIn(authorization)) {
            return BasicCredential.parse(authorization)
                    .map(credential -> byPassword(context, credential))
                    .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
        }
        Optional<Secret> session = SessionCookie.read(request);
        if (session.isPresent()) {
            // A page opens streams by itself, whether or not somebody is before it.
            return logins.bySession(session.get(), !isAt(path, LIVE))
                    .map(found -> letIn(context, found.map(open -> new Login(open.operator(), session.get(), open))));
        }
        return Uni.createFrom().nullItem();
    }

    private Uni<SecurityIdentity> byPassword(RoutingContext context, BasicCredential credential) {
        return logins.byPassword(credential.name(), credential.password(), PeerAddress.of(context.request()))
                .map(outcome -> {
                    if (outcome instanceof Logins.Outcome.In in) {
                        return letIn(context, Optional.of(unbound(in.operator())));
                    }
                    if (outcome instanceof Logins.Outcome.TooManyAttempts tooMany) {
                        throw refused(context, Refusal.tooManyAttempts(tooMany.retryAfterSeconds()));
                    }
                    if (outcome instanceof Logins.Outcome.Busy) {
                        throw refused(context, Refusal.busy());
                    }
                    throw new AuthenticationFailedException();
                });
    }

    /** By a credential that no session stands behind. */
    private static Login unbound(Operator operator) {
        return new Login(operator, null, null);
    }

    private static SecurityIdentity letIn(RoutingContext context, Optional<Login> found) {
        Login login = found.orElseThrow(AuthenticationFailedException::new);
        login.noteIn(context);
        return login.identity();
    }

    private static AuthenticationFailedException refused(RoutingContext context, Refusal refusal) {
        refusal.noteIn(context);
        return new AuthenticationFailedException();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        Refusal refusal = Refusal.ofUnauthenticated(context);
        return Uni.createFrom().item(new ChallengeData(refusal.problem().status(), Map.copyOf(refusal.headers())));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (!context.response().ended()) {
            Refusal.ofUnauthenticated(context).send(context);
        }
        return Uni.createFrom().item(true);
    }

    private static boolean isAt(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
