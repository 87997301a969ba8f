package io.sluice.live;

import io.sluice.live.ClientFrame.Subscribe;
import io.sluice.platform.Problem;
import io.sluice.platform.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The newest rollups for clients that poll (operator protocol sections 1 and 2). */
@Path("/api/rollups/latest")
@Tag(name = "rollups")
@RolesAllowed("viewer")
@Produces(MediaType.APPLICATION_JSON)
public class RollupsLatestResource {
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final LiveStream live;
    private final LiveConfig config;
    private final AtomicInteger waiting = new AtomicInteger();

    RollupsLatestResource(LiveStream live, LiveConfig config) {
        this.live = live;
        this.config = config;
    }

    /**
     * @param wait seconds to wait for a change where the client has the newest, at most 60
     * @param next from an earlier answer that was cut at its limit
     */
    @GET
    @Operation(summary = "The newest rollup of each device or group, metric, unit and window")
    @APIResponse(
            responseCode = "200",
            description = "By key",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RollupPage")))
    @APIResponse(responseCode = "304", description = "Nothing has changed since the answer of that ETag")
    public Uni<Response> latest(
            @QueryParam("devices") List<String> devices,
            @QueryParam("groups") List<String> groups,
            @QueryParam("metrics") List<String> metrics,
            @QueryParam("window") @Nullable String window,
            @QueryParam("wait") @Nullable Integer wait,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("next") @Nullable String next,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        ClientFrame frame = live.desk()
                .parser()
                .subscribe(
                        0,
                        Channel.ROLLUPS.wireName(),
                        Names.of(devices),
                        Names.of(groups),
                        Names.of(metrics),
                        window,
                        null,
                        null,
                        null);
        if (!(frame instanceof Subscribe request)) {
            String detail = frame instanceof ClientFrame.Refused refused ? refused.detail() : "bad parameters";
            throw new ProblemException(Problem.of(400, detail));
        }
        int items = Math.min(MAX_LIMIT, Math.max(1, limit == null ? DEFAULT_LIMIT : limit));
        int seconds = Math.min(MAX_WAIT_SECONDS, Math.max(0, wait == null ? 0 : wait));
        return answer(request.filter(), LatestAnswer.after(next), items, seconds, ifNoneMatch);
    }

    private Uni<Response> answer(
            Filter filter, @Nullable String after, int limit, int seconds, @Nullable String ifNoneMatch) {
        boolean full = waiting.incrementAndGet() > config.maxPolls();
        Desk desk = live.desk();
        long deadline = desk.clock().getAsLong() + (full || ifNoneMatch == null ? 0 : seconds * 1_000L);
        String known = ifNoneMatch == null || !ifNoneMatch.startsWith("W/") ? ifNoneMatch : ifNoneMatch.substring(2);
        return Uni.createFrom().emitter(emitter -> {
            LatestPoll poll = new LatestPoll(
                    desk.board(Channel.ROLLUPS),
                    filter,
                    after,
                    limit,
                    known,
                    deadline,
                    live::isStopping,
                    answer -> emitter.complete(respond(answer, known)),
                    over -> {
                        waiting.decrementAndGet();
                        desk.pulse().remove(over, LatestPoll.HZ);
                    });
            emitter.onTermination(() -> desk.pulse().execute(poll::abandon));
            desk.pulse().execute(() -> {
                desk.pulse().add(poll, LatestPoll.HZ);
                poll.beat(desk.clock().getAsLong());
            });
        });
    }

    private static Response respond(LatestAnswer answer, @Nullable String known) {
        Response.ResponseBuilder response = answer.etag().equals(known)
                ? Response.notModified()
                : Response.ok(answer.json(), MediaType.APPLICATION_JSON_TYPE);
        return response.header("ETag", answer.etag())
                .header("Cache-Control", "private, no-cache")
                .build();
    }
}
