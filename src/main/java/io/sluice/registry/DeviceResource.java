package io.sluice.registry;

import io.quarkus.arc.All;
import io.sluice.platform.AnswerFields;
import io.sluice.platform.FieldErrors;
import io.sluice.platform.JsonAnswer;
import io.sluice.platform.Page;
import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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

@Path("/api/devices")
@Tag(name = "Registry")
@Cancellable(false)
class DeviceResource {
    private static final long MAX_GRACE_SECONDS = Duration.ofDays(30).toSeconds();
    private static final long MAX_VALID_SECONDS = Duration.ofDays(3650).toSeconds();

    private final DeviceStore devices;
    private final Deletions deletions;
    private final TokenRotation rotation;
    private final DirectoryRefresh directory;
    private final Instance<ConnectedDevices> presence;
    private final Instance<DeviceCounts> counts;
    private final List<DeviceHistory> histories;

    DeviceResource(
            DeviceStore devices,
            Deletions deletions,
            TokenRotation rotation,
            DirectoryRefresh directory,
            Instance<ConnectedDevices> presence,
            Instance<DeviceCounts> counts,
            @All List<DeviceHistory> histories) {
        this.histories = histories;
        this.devices = devices;
        this.deletions = deletions;
        this.rotation = rotation;
        this.directory = directory;
        this.presence = presence;
        this.counts = counts;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Lists devices by id; q is looked for in ids and names")
    public Uni<Page<DeviceView>> list(
            @RestQuery @Nullable String group,
            @RestQuery("q") @Nullable String search,
            @RestQuery @Nullable Boolean connected,
            @RestQuery @DefaultValue("1000") int limit,
            @RestQuery @DefaultValue("") String next) {
        Page.checkLimit(limit);
        if (connected != null && !presence.isResolvable()) {
            throw new ProblemException(400, "Who is connected is not known here; leave connected out.");
        }
        return gather(new ArrayList<>(), group, search, connected, limit, next)
                .map(found -> Page.of(found, limit, DeviceView::id));
    }

    /** Presence is not in the database, so a filter by it reads on until a page is full. */
    private Uni<List<DeviceView>> gather(
            List<DeviceView> found,
            @Nullable String group,
            @Nullable String search,
            @Nullable Boolean connected,
            int limit,
            String after) {
        int step = connected == null ? limit + 1 : Page.MAX_LIMIT;
        return devices.list(group, search, after, step).chain(rows -> {
            for (DeviceRow row : rows) {
                DeviceView view = withPresence(DeviceView.of(row));
                if (found.size() <= limit && (connected == null || connected.equals(view.connected()))) {
                    found.add(view);
                }
            }
            return found.size() > limit || rows.size() < step
                    ? Uni.createFrom().item(found)
                    : gather(found, group, search, connected, limit, rows.get(rows.size() - 1).id);
        });
    }

    @POST
    @RolesAllowed("admin")
    @Operation(summary = "Creates a device; the answer alone has its token")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DeviceView.class)))
    public Uni<RestResponse<DeviceView>> create(@Nullable DeviceBody body) {
        DeviceBody device = present(body);
        device.check().throwIfAny();
        return devices.create(device)
                .call(created -> directory.settleDevice(created.device().id))
                .map(created -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.CREATED,
                                withPresence(DeviceView.of(created.device())).withToken(created.token()))
                        .location(URI.create("/api/devices/" + created.device().id))
                        .header("ETag", Precondition.tag(created.device().version))
                        .header("Cache-Control", "no-store")
                        .build());
    }

    @GET
    @Path("{id}")
    @RolesAllowed("viewer")
    @Operation(
            summary =
                    "One device, with its tokens' last uses and how many of its messages repeated a number that had been"
                            + " counted")
    public Uni<RestResponse<DeviceView>> get(@RestPath String id) {
        return devices.get(id)
                .chain(row -> devices.tokens(id)
                        .map(tokens -> answer(row, view -> withConnections(view.withTokens(tokens)))));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed("admin")
    @Operation(summary = "Replaces a device; what the body leaves out takes its default")
    public Uni<RestResponse<DeviceView>> replace(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable DeviceBody body) {
        DeviceBody device = present(body);
        FieldErrors errors = device.withId(id).check();
        errors.check(device.id() == null || device.id().equals(id), "id", "differs from the path");
        errors.throwIfAny();
        return devices.replace(id, device, new Precondition(ifMatch))
                .call(() -> directory.settleDevice(id))
                .map(this::answer);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @Operation(summary = "Deletes a device; its history stays unless it is purged")
    public Uni<Void> delete(
            @RestPath String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @RestQuery @DefaultValue("false") boolean purge) {
        Uni<Void> deleted = deletions.device(id, new Precondition(ifMatch)).call(() -> directory.settleDevice(id));
        if (!purge) {
            return deleted;
        }
        // Also of a device that is deleted already: a purge that failed halfway can be asked for again.
        return deleted.onFailure(DeviceResource::isUnknown).recoverWithNull().chain(() -> purge(id));
    }

    private static boolean isUnknown(Throwable e) {
        return e instanceof ProblemException refused && refused.problem().status() == 404;
    }

    private Uni<Void> purge(String id) {
        Uni<Void> purged = Uni.createFrom().voidItem();
        for (DeviceHistory one : histories) {
            purged = purged.chain(() -> one.purge(id));
        }
        return purged;
    }

    /** The answer of a new token. */
    record NewToken(String token) implements JsonAnswer {
        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.text("token", token);
        }
    }

    @POST
    @Path("{id}/token")
    @RolesAllowed("admin")
    @Operation(summary = "Makes a new token; the old ones end at once, or after graceSeconds")
    public Uni<RestResponse<NewToken>> replaceToken(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long graceSeconds,
            @RestQuery @Nullable Long validSeconds) {
        if (graceSeconds < 0 || graceSeconds > MAX_GRACE_SECONDS) {
            throw new ProblemException(400, "graceSeconds must be 0 to " + MAX_GRACE_SECONDS + ".");
        }
        if (validSeconds != null && (validSeconds < 1 || validSeconds > MAX_VALID_SECONDS)) {
            throw new ProblemException(400, "validSeconds must be 1 to " + MAX_VALID_SECONDS + ".");
        }
        Duration validity = validSeconds == null ? null : Duration.ofSeconds(validSeconds);
        return rotation.rotate(id, Duration.ofSeconds(graceSeconds), validity)
                .call(() -> directory.settleDevice(id))
                .map(token -> RestResponse.ResponseBuilder.ok(new NewToken(token.text()))
                        .header("Cache-Control", "no-store")
                        .build());
    }

    private RestResponse<DeviceView> answer(DeviceRow row) {
        return answer(row, UnaryOperator.identity());
    }

    private RestResponse<DeviceView> answer(DeviceRow row, UnaryOperator<DeviceView> completed) {
        return RestResponse.ResponseBuilder.ok(completed.apply(withCounts(withPresence(DeviceView.of(row)))))
                .header("ETag", Precondition.tag(row.version))
                .build();
    }

    private DeviceView withPresence(DeviceView view) {
        return presence.isResolvable() ? view.withConnected(presence.get().isConnected(view.id())) : view;
    }

    private DeviceView withConnections(DeviceView view) {
        List<ConnectedDevices.Connection> newest =
                presence.isResolvable() ? presence.get().newest(view.id()) : null;
        return newest == null
                ? view
                : view.withConnections(newest.stream().map(ConnectionView::of).toList());
    }

    private DeviceView withCounts(DeviceView view) {
        if (!counts.isResolvable()) {
            return view;
        }
        DeviceCounts known = counts.get();
        return view.withCounts(
                known.repeats(view.id()).map(RepeatsView::of).orElse(null),
                known.late(view.id()).map(LateView::of).orElse(null));
    }

    private static DeviceBody present(@Nullable DeviceBody body) {
        if (body == null) {
            throw new ProblemException(400, "The request needs a body.");
        }
        return body;
    }
}
