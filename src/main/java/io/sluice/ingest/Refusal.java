package io.sluice.ingest;

import io.sluice.platform.Problem;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not taken: the problem, and the headers that go with it. */
record Refusal(RefusalReason reason, Problem problem, Map<String, String> headers) {
    static Refusal of(int status, RefusalReason reason, String detail) {
        return new Refusal(reason, Problem.of(status, detail), Map.of());
    }

    Refusal header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Refusal(reason, problem, more);
    }

    /** Names the reject code. */
    Refusal code(String code) {
        return new Refusal(reason, problem.with("code", code), headers);
    }

    int status() {
        return problem.status();
    }

    void send(HttpServerResponse response) {
        headers.forEach(response::putHeader);
        problem.send(response);
    }
}
