package io.sluice.live;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The newest dead letters and why they were refused (operator protocol section 2). */
@Path("/api/rejects")
@Tag(name = "rejects")
@RolesAllowed("viewer")
@Produces(MediaType.APPLICATION_JSON)
public class RejectsResource {
    private static final int DEFAULT_LIMIT = 1_000;

    private final LiveStream live;

    RejectsResource(LiveStream live) {
        this.live = live;
    }

    private List<byte[]> rejects(Filter filter, int limit) {
        return live.desk().board(Channel.REJECTS).latestFirst(filter, limit).stream()
                .map(live.refused()::addTo)
                .toList();
    }

    /** Newest first; only so many are kept in memory (configuration {@code sluice.live.max-rejects}). */
    @GET
    @Operation(summary = "The newest dead letters with their reasons")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RejectPage")))
    public Uni<Response> newest(
            @QueryParam("device") @Nullable String device,
            @QueryParam("code") @Nullable String code,
            @QueryParam("limit") @Nullable Integer limit) {
        int items = Math.min(DEFAULT_LIMIT, Math.max(1, limit == null ? DEFAULT_LIMIT : limit));
        // A reject's code stands where a rollup has its metric.
        Filter filter =
                new Filter(device == null ? null : Set.of(device), null, code == null ? null : Set.of(code), null);
        // Up to some hundred KB are quoted: neither for an event loop nor for the thread that makes frames.
        return Uni.createFrom()
                .item(() -> Response.ok(
                                Json.wrap("{\"items\":[", Json.join(rejects(filter, items)), "]}"),
                                MediaType.APPLICATION_JSON_TYPE)
                        .header("Cache-Control", "no-store")
                        .build())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
