package io.sluice.registry;

import io.sluice.platform.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/api/groups")
@Tag(name = "Registry")
@Cancellable(false)
class GroupResource {
    private final ProfileStore profiles;

    GroupResource(ProfileStore profiles) {
        this.profiles = profiles;
    }

    @GET
    @RolesAllowed("viewer")
    public Uni<Page<ProfileStore.GroupCount>> list(
            @RestQuery @DefaultValue("1000") int limit, @RestQuery @DefaultValue("") String next) {
        return profiles.groups(next, Page.checkLimit(limit) + 1)
                .map(groups -> Page.of(groups, limit, ProfileStore.GroupCount::name));
    }
}
