package io.sluice.registry;

import io.sluice.platform.Page;
import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
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

@Path("/api/profiles")
@Tag(name = "Registry")
@Cancellable(false)
class ProfileResource {
    private final ProfileStore profiles;
    private final DirectoryRefresh directory;
    private final RegistryConfig config;

    ProfileResource(ProfileStore profiles, DirectoryRefresh directory, RegistryConfig config) {
        this.profiles = profiles;
        this.directory = directory;
        this.config = config;
    }

    @GET
    @RolesAllowed("viewer")
    public Uni<Page<ProfileView>> list(
            @RestQuery @DefaultValue("1000") int limit, @RestQuery @DefaultValue("") String next) {
        return profiles.list(next, Page.checkLimit(limit) + 1)
                .map(rows -> Page.of(rows.stream().map(ProfileView::of).toList(), limit, ProfileView::name));
    }

    @GET
    @Path("{name}")
    @RolesAllowed("viewer")
    public Uni<RestResponse<ProfileView>> get(@RestPath String name) {
        return profiles.get(name).map(row -> answer(row, RestResponse.Status.OK));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed("admin")
    @Operation(summary = "Creates or replaces a profile; the next message of its devices is judged by it")
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProfileView.class)))
    public Uni<RestResponse<ProfileView>> put(
            @RestPath String name, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable ProfileBody body) {
        if (body == null) {
            throw new ProblemException(400, "The request needs a body.");
        }
        body.check(name, config.maxProfileMetrics()).throwIfAny();
        return profiles.put(name, body, new Precondition(ifMatch))
                .call(directory::settleProfiles)
                .map(stored -> answer(
                        stored.profile(), stored.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK));
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed("admin")
    public Uni<Void> delete(@RestPath String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return profiles.delete(name, new Precondition(ifMatch)).call(directory::settleProfiles);
    }

    private static RestResponse<ProfileView> answer(ProfileRow row, RestResponse.Status status) {
        var builder = RestResponse.ResponseBuilder.create(status, ProfileView.of(row))
                .header("ETag", Precondition.tag(row.version));
        if (status == RestResponse.Status.CREATED) {
            builder.location(URI.create("/api/profiles/" + row.name));
        }
        return builder.build();
    }
}
