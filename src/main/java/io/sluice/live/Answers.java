package io.sluice.live;

import jakarta.ws.rs.core.Response;

/** Refusals of the live room's REST resources. */
final class Answers {
    private Answers() {}

    static Response badRequest(String detail) {
        return of(new Refusal(400, "Bad Request", detail));
    }

    static Response notHere() {
        return of(Refusal.NOT_HERE);
    }

    private static Response of(Refusal refusal) {
        return Response.status(refusal.status())
                .type("application/problem+json")
                .entity(refusal.json().toString())
                .build();
    }
}
