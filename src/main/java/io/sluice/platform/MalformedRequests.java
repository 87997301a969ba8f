package io.sluice.platform;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Requests that no route gets to see: without a valid {@code Host}, or with a target that is no URI. They are answered
 * with a problem as all others are; left alone, the framework answers an empty 400, and writes an ERROR with a stack
 * trace for some of them.
 */
final class MalformedRequests {
    /** Behind the deadlines, which must know of every request, and before whatever reads the target. */
    private static final int FIRST = -9_999;

    private static final String JUDGED = "sluice.http.judged";

    private static final Problem PROBLEM =
            Problem.of(400, "The request has no valid Host, or its target is no well-formed path and query.");

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(MalformedRequests::judge).failureHandler(MalformedRequests::failed);
        // Where the path cannot be decoded, looking for a route fails, and no route's handler is asked.
        router.errorHandler(400, context -> PROBLEM.send(context.response()));
    }

    private static void judge(RoutingContext context) {
        if (hasHost(context.request()) && isUri(context.request().uri())) {
            context.put(JUDGED, true);
            context.next();
        } else {
            PROBLEM.send(context.response());
        }
    }

    /** HTTP/1.0 knows none. The router lets an empty one pass. */
    private static boolean hasHost(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return request.version() == HttpVersion.HTTP_1_0
                || authority != null && !authority.host().isEmpty();
    }

    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What the router itself finds wrong, before it looks for a route. */
    private static void failed(RoutingContext context) {
        Throwable failure = context.failure();
        int status = context.statusCode();
        if (context.get(JUDGED) != null || context.response().headWritten()) {
            context.next();
        } else if (status == 400
                && (failure == null
                        || failure instanceof VertxException
                        || failure instanceof IllegalArgumentException)) {
            PROBLEM.send(context.response());
        } else if (status == 404 && failure == null) {
            // Such as a target that does not begin with a slash.
            Problem.of(404, "There is nothing here.").send(context.response());
        } else {
            context.next();
        }
    }

    /**
     * Quarkus refuses a target that is no URI ahead of all routes, without a body and without a hook. It leaves that to
     * {@link #judge} where a system property says so, which it reads once, when its HTTP server's class is loaded; reading
     * the configuration comes before that in every way of starting, so it is set there. This source has no settings.
     */
    public static final class TargetsJudgedHere implements ConfigSourceFactory {
        @Override
        public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
            System.setProperty("vertx.disableURIValidation", "true");
            return List.of();
        }
    }
}
