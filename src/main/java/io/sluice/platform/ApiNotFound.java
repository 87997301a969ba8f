package io.sluice.platform;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;

/** Paths under {@code /api} that no resource answers get a problem, not the framework's page. */
final class ApiNotFound {
    /** Behind everything that could answer: resources are mounted at about 10,000. */
    private static final int LAST = 1_000_000;

    void register(@Observes Router router) {
        router.route("/api/*")
                .order(LAST)
                .handler(context -> Problem.of(404, "There is nothing here.").send(context.response()));
        router.route("/api")
                .order(LAST)
                .handler(context -> Problem.of(404, "There is nothing here.").send(context.response()));
    }
}
