package io.sluice.access;

import io.sluice.platform.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is told that could not be let in, wherever in the framework that comes to light. */
record Refusal(Problem problem, Map<String, String> headers) {
    private static final String NOTED = "sluice.refusal";

    static Refusal busy() {
        return new Refusal(Problem.of(503, "Log-ins cannot be judged now; try again."), Map.of("Retry-After", "5"));
    }

    static Refusal tooManyAttempts(long seconds) {
        return new Refusal(
                Problem.of(429, "Too many failed log-ins; try again later."),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    static Refusal forbidden() {
        return new Refusal(Problem.of(403, "Your role does not allow this."), Map.of());
    }

    /** No or wrong credential. A page never gets the challenge that raises the browser's own dialog. */
    static Refusal unauthorized(HttpServerRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        boolean fromPage = request.headers().contains("Sec-Fetch-Mode")
                || request.headers().contains("X-Requested-With");
        if (!fromPage) {
            headers.put("WWW-Authenticate", "Basic realm=\"Sluice\", charset=\"UTF-8\"");
        }
        return new Refusal(Problem.of(401, "Log in first, or check the name and password."), headers);
    }

    void noteIn(RoutingContext context) {
        context.put(NOTED, this);
    }

    /** What the mechanism noted, or 401. */
    static Refusal ofUnauthenticated(RoutingContext context) {
        Refusal noted = context.get(NOTED);
        return noted == null ? unauthorized(context.request()) : noted;
    }

    void send(RoutingContext context) {
        headers.forEach(context.response()::putHeader);
        problem.send(context.response());
    }
}
