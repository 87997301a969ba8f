package io.sluice.live;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Why an operator's connection is not opened, as an answer. */
record Refusal(int status, String title, String detail) {
    static final Refusal NOT_HERE = new Refusal(404, "Not Found", "This instance does not serve the live stream.");
    static final Refusal STOPPING = new Refusal(503, "Service Unavailable", "The instance is stopping; try another.");
    static final Refusal FULL = new Refusal(503, "Service Unavailable", "Too many live connections.");
    static final Refusal FOREIGN = new Refusal(403, "Forbidden", "The origin is not the service's own.");
    static final Refusal UNKNOWN = new Refusal(401, "Unauthorized", "Log in first.");
    static final Refusal NO_ROLE = new Refusal(403, "Forbidden", "The role viewer is needed.");

    /** Answers with it; a page never gets a challenge, since the browser would raise its own dialog. */
    void answer(HttpServerRequest request, @Nullable String headerName, @Nullable String headerValue) {
        HttpServerResponse response = request.response();
        if (headerName != null && headerValue != null) {
            response.putHeader(headerName, headerValue);
        }
        boolean page = request.getHeader("Sec-Fetch-Mode") != null || request.getHeader("X-Requested-With") != null;
        if (status == 401 && !page) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"sluice\", charset=\"UTF-8\"");
        }
        if (status == 503) {
            response.putHeader("Retry-After", "5");
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }

    void answer(HttpServerRequest request) {
        answer(request, null, null);
    }
}
