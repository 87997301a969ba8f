package io.sluice.access;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import io.sluice.platform.Problem;
import io.sluice.platform.ProblemException;
import io.sluice.platform.RequestFields;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

@Path("/api/session")
@Tag(name = "Access")
@Cancellable(false)
class SessionResource {
    private final Logins logins;

    SessionResource(Logins logins) {
        this.logins = logins;
    }

    record LoginBody(@Nullable String name, @Nullable String password) {
        static LoginBody read(RequestFields fields) throws JsonMappingException {
            return new LoginBody(fields.text("name"), fields.text("password"));
        }

        @Override
        public String toString() {
            return "LoginBody[" + name + "]";
        }
    }

    /** Who is logged in; roles from the least to the greatest. */
    record Me(String name, List<String> roles) implements JsonAnswer {
        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.text("name", name).list("roles", roles);
        }
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Logs in; the answer sets the session cookie")
    public Uni<RestResponse<Me>> logIn(@Nullable LoginBody body, @Context RoutingContext context) {
        return body == null ? logIn(null, null, context) : logIn(body.name(), body.password(), context);
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Me>> logInByForm(
            @RestForm @Nullable String name, @RestForm @Nullable String password, @Context RoutingContext context) {
        return logIn(name, password, context);
    }

    private Uni<RestResponse<Me>> logIn(@Nullable String name, @Nullable String password, RoutingContext context) {
        if (name == null || password == null) {
            throw new ProblemException(400, "A log-in needs name and password.");
        }
        return logins.byPassword(name, password, PeerAddress.of(context.request()))
                .map(SessionResource::operator)
                .chain(operator -> logins.open(
                                operator, SessionCookie.read(context.request()).orElse(null))
                        .map(secret -> {
                            new Login(operator, null, null).noteIn(context);
                            return RestResponse.ResponseBuilder.ok(
                                            me(operator.role().names().toArray(String[]::new), operator.name()))
                                    .header("Set-Cookie", SessionCookie.issue(context.request(), secret))
                                    .header("Cache-Control", "no-store")
                                    .build();
                        }));
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Who am I")
    public RestResponse<Me> whoAmI(@Context SecurityIdentity identity) {
        String[] roles = Arrays.stream(Role.values())
                .map(Role::wireName)
                .filter(identity::hasRole)
                .toArray(String[]::new);
        return RestResponse.ResponseBuilder.ok(me(roles, identity.getPrincipal().getName()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @PermitAll
    @Operation(summary = "Logs out; does nothing where nobody is logged in")
    public Uni<RestResponse<Void>> logOut(@Context RoutingContext context) {
        Uni<Void> closed = SessionCookie.read(context.request())
                .map(logins::close)
                .orElseGet(() -> Uni.createFrom().voidItem());
        return closed.map(done -> RestResponse.ResponseBuilder.<Void>noContent()
                .header("Set-Cookie", SessionCookie.expire(context.request()))
                .build());
    }

    private static Operator operator(Logins.Outcome outcome) {
        if (outcome instanceof Logins.Outcome.In in) {
            return in.operator();
        }
        if (outcome instanceof Logins.Outcome.TooManyAttempts tooMany) {
            throw new ProblemException(
                    Problem.of(429, "Too many failed log-ins; try again later."), tooMany.retryAfterSeconds());
        }
        if (outcome instanceof Logins.Outcome.Busy) {
            throw new ProblemException(Refusal.busy().problem(), 5);
        }
        throw new ProblemException(401, "The name or the password is wrong.");
    }

    private static Me me(String[] roles, String name) {
        return new Me(name, List.of(roles));
    }
}
