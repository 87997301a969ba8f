package io.sluice.access;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.sluice.platform.AnswerFields;
import io.sluice.platform.FieldErrors;
import io.sluice.platform.JsonAnswer;
import io.sluice.platform.Page;
import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.sluice.platform.RequestFields;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

@Path("/api/operators")
@Tag(name = "Access")
@Cancellable(false)
class OperatorResource {
    private final OperatorStore operators;
    private final Passwords passwords;
    private final Logins logins;
    private final AccessConfig config;

    OperatorResource(OperatorStore operators, Passwords passwords, Logins logins, AccessConfig config) {
        this.operators = operators;
        this.passwords = passwords;
        this.logins = logins;
        this.config = config;
    }

    /**
     * An operator as a caller writes one.
     *
     * @param password needed to create; to replace, absent: stays
     */
    record OperatorBody(
            @Nullable String name,
            @Nullable String role,
            @Nullable String password) {
        static OperatorBody read(RequestFields fields) throws JsonMappingException {
            return new OperatorBody(fields.text("name"), fields.text("role"), fields.text("password"));
        }

        @Override
        public String toString() {
            return "OperatorBody[" + name + ", " + role + "]";
        }
    }

    record OperatorView(String name, String role) implements JsonAnswer {
        static OperatorView of(Operator operator) {
            return new OperatorView(operator.name(), operator.role().wireName());
        }

        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.text("name", name).text("role", role);
        }
    }

    @GET
    @RolesAllowed("admin")
    public Uni<Page<OperatorView>> list(
            @RestQuery @DefaultValue("1000") int limit, @RestQuery @DefaultValue("") String next) {
        return operators
                .list(next, Page.checkLimit(limit) + 1)
                .map(found -> Page.of(found.stream().map(OperatorView::of).toList(), limit, OperatorView::name));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OperatorView.class)))
    public Uni<RestResponse<OperatorView>> create(@Nullable OperatorBody body) {
        OperatorBody operator = present(body);
        String name = operator.name() == null ? "" : operator.name();
        FieldErrors errors = new FieldErrors();
        errors.check(OperatorNames.isValid(name), "name", OperatorNames.RULE);
        errors.check(operator.password() != null, "password", "is missing");
        Role role = check(operator, errors);
        return passwords
                .hash(String.valueOf(operator.password()))
                .chain(hash -> operators.create(name, hash, role))
                .map(created -> answer(created, RestResponse.Status.CREATED));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed("admin")
    @Operation(summary = "Replaces the role and, where given, the password, which ends the operator's sessions")
    public Uni<RestResponse<OperatorView>> replace(
            @RestPath String name, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable OperatorBody body) {
        OperatorBody operator = present(body);
        FieldErrors errors = new FieldErrors();
        errors.check(operator.name() == null || operator.name().equals(name), "name", "differs from the path");
        Role role = check(operator, errors);
        Uni<@Nullable String> hash =
                operator.password() == null ? Uni.createFrom().nullItem() : passwords.hash(operator.password());
        return hash.chain(hashed -> operators.replace(name, hashed, role, new Precondition(ifMatch)))
                .invoke(replaced -> logins.forget(name))
                .map(replaced -> answer(replaced, RestResponse.Status.OK));
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed("admin")
    public Uni<Void> delete(@RestPath String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return operators.delete(name, new Precondition(ifMatch)).invoke(() -> logins.forget(name));
    }

    private Role check(OperatorBody operator, FieldErrors errors) {
        String wanted = operator.role() == null ? "" : operator.role();
        errors.check(Role.of(wanted).isPresent(), "role", "must be viewer, operator or admin");
        String password = operator.password();
        if (password != null) {
            errors.check(
                    password.length() >= config.passwordMinLength() && Passwords.fits(password),
                    "password",
                    "must be " + config.passwordMinLength() + " characters to " + Passwords.MAX_BYTES + " bytes");
        }
        errors.throwIfAny();
        return Role.of(wanted).orElseThrow();
    }

    private static OperatorBody present(@Nullable OperatorBody body) {
        if (body == null) {
            throw new ProblemException(400, "The request needs a body.");
        }
        return body;
    }

    private static RestResponse<OperatorView> answer(Operator operator, RestResponse.Status status) {
        var builder = RestResponse.ResponseBuilder.create(status, OperatorView.of(operator))
                .header("ETag", Precondition.tag(operator.version()));
        if (status == RestResponse.Status.CREATED) {
            builder.location(URI.create("/api/operators/" + operator.name()));
        }
        return builder.build();
    }
}
