package io.sluice.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.sluice.platform.Problem.FieldError;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever ends a REST call becomes a problem; a stack trace goes to the log at most, and only for our own faults. */
final class ProblemMappers {
    private static final MediaType TYPE = MediaType.valueOf(Problem.MEDIA_TYPE);

    private final LogPace outages = new LogPace(Duration.ofSeconds(10));
    private final LogPace faults = new LogPace(Duration.ofSeconds(1));

    @ServerExceptionMapper
    RestResponse<byte[]> refused(ProblemException e) {
        RestResponse.ResponseBuilder<byte[]> builder = builder(e.problem());
        if (e.retryAfterSeconds() > 0) {
            builder.header("Retry-After", e.retryAfterSeconds());
        }
        return builder.build();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> refusedByFramework(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException json) {
            return answer(badJson(json));
        }
        if (e instanceof NotFoundException && e.getCause() != null) {
            // What the framework says where a parameter cannot be converted.
            return answer(Problem.of(400, "A parameter has the wrong form."));
        }
        Response response = e.getResponse();
        RestResponse.ResponseBuilder<byte[]> builder =
                builder(Problem.of(response.getStatus(), detail(response.getStatus())));
        Object allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
        if (allow != null) {
            builder.header(HttpHeaders.ALLOW, allow);
        }
        return builder.build();
    }

    /** More specific than the framework's own mapper, which would answer in a format of its own. */
    @ServerExceptionMapper
    RestResponse<byte[]> mismatched(MismatchedInputException e) {
        return answer(badJson(e));
    }

    @ServerExceptionMapper
    RestResponse<byte[]> malformed(JacksonException e) {
        return answer(badJson(e));
    }

    @ServerExceptionMapper
    RestResponse<byte[]> failed(Exception e, RoutingContext context) {
        if (hasLeft(context, Outage.rootOf(e))) {
            // Nobody reads this.
            return answer(Problem.of(400, "The body is not complete."));
        }
        if (Outage.isBehind(e)) {
            if (outages.permits()) {
                PlatformLog.LOG.databaseAway(Outage.rootOf(e).toString());
            }
            return builder(Problem.of(503, "The database does not answer; try again."))
                    .header("Retry-After", "5")
                    .build();
        }
        if (SqlState.CHARACTER_NOT_IN_REPERTOIRE.isBehind(e)) {
            return answer(Problem.of(400, "The request holds a character that cannot be stored."));
        }
        if (faults.permits()) {
            PlatformLog.LOG.unexpected(e);
        }
        return answer(Problem.of(500, "The service failed; its log says why."));
    }

    /** Whether it is the caller's connection that broke, in the middle of its body perhaps, and not the database's. */
    private static boolean hasLeft(RoutingContext context, Throwable root) {
        boolean isCallers = !context.request().isEnded() || context.response().closed();
        return root instanceof HttpClosedException || (root instanceof SocketException && isCallers);
    }

    static Problem badJson(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Problem.ofFields(List.of(new FieldError(path(unknown), "is not a known field")));
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return Problem.ofFields(List.of(new FieldError(path(mapping), "has the wrong type")));
        }
        JsonLocation at = e.getLocation();
        return Problem.of(
                400,
                at == null
                        ? "The body is not the JSON that this resource takes."
                        : "The body is not the JSON that this resource takes (line " + at.getLineNr() + ", column "
                                + at.getColumnNr() + ").");
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        String clean = path.startsWith(".") ? path.substring(1) : path;
        return clean.length() <= 100 ? clean : clean.substring(0, 100);
    }

    private static String detail(int status) {
        return DETAILS.getOrDefault(status, "The request was refused.");
    }

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request is malformed.",
            404, "There is nothing here.",
            405, "This resource does not take this method.",
            406, "This resource has no representation of the accepted types.",
            413, "The body is too large.",
            415, "This resource does not take this content type.");

    private static RestResponse<byte[]> answer(Problem problem) {
        return builder(problem).build();
    }

    private static RestResponse.ResponseBuilder<byte[]> builder(Problem problem) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(problem.status()), problem.toBytes())
                .type(TYPE);
    }
}
