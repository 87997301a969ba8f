package io.sluice.history;

import io.sluice.platform.ProblemException;
import io.sluice.rollup.Window;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Stored rollups (operator protocol section 2). Parameters are texts here, so that a bad one is answered by its name. */
@Path("/api/rollups")
@Tag(name = "rollups")
@Produces({MediaType.APPLICATION_JSON, "text/csv"})
class HistoryResource {
    private final HistoryReads reads;
    private final List<Window> windows;

    HistoryResource(HistoryReads reads, HistoryConfig config) {
        this.reads = reads;
        this.windows = config.windows().stream().map(Window::parse).toList();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Stored rollups of one metric of a device or a group, in the order of unit and start",
            description =
                    "from (inclusive) and to (exclusive) in ms since 1970, by default the last 24 hours. points: at"
                            + " most so many windows, as long as it takes. format: json or csv.")
    @APIResponse(
            responseCode = "200",
            description = "By unit and start",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RollupPage")),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<Response> list(
            @RestQuery @Nullable String device,
            @RestQuery @Nullable String group,
            @RestQuery @Nullable String metric,
            @RestQuery @Nullable String window,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String points,
            @RestQuery @Nullable String format,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String next,
            @Context UriInfo uri) {
        uri.getQueryParameters().forEach((name, values) -> {
            // The framework takes the first of several, and an empty one for none.
            if (values.size() > 1 || values.get(0).isEmpty()) {
                throw new ProblemException(400, "Each parameter is given once, with a value.");
            }
        });
        HistoryFormat as = HistoryFormat.of(format);
        long now = System.currentTimeMillis();
        HistoryQuery query = HistoryQuery.of(
                new HistoryQuery.Parameters(device, group, metric, window, from, to, points, limit, next),
                windows,
                now);
        return reads.answer(query, now).map(answer -> respond(answer, as, uri));
    }

    private static Response respond(HistoryAnswer answer, HistoryFormat as, UriInfo uri) {
        Response.ResponseBuilder response = Response.ok(as.write(answer.items(), answer.next()), as.mediaType())
                .header("Cache-Control", "private, no-cache");
        if (answer.next() != null) {
            // RFC 8288; where CSV says that it goes on. Relative, since a proxy may have another name for this place.
            String query = uri.getRequestUriBuilder()
                    .replaceQueryParam("next", answer.next())
                    .build()
                    .getRawQuery();
            response.header("Link", "<?" + query + ">; rel=\"next\"");
        }
        return response.build();
    }
}
