package io.sluice.platform;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that says what is wrong (RFC 9457), for routes outside REST.
 *
 * @param title for a person, the same for every occurrence
 * @param detail for a person, about this occurrence; never what a peer sent
 * @param headers further response headers, such as {@code Retry-After}
 * @param members further members, such as {@code code}
 */
public record Problem(
        int status, String title, String detail, Map<String, String> headers, Map<String, Object> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        headers = Map.copyOf(headers);
        members = Map.copyOf(members);
    }

    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, Map.of(), Map.of());
    }

    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, title, detail, more, members);
    }

    public Problem withMember(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(status, title, detail, headers, more);
    }

    public void answer(RoutingContext context) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        members.forEach(body::put);
        headers.forEach((name, value) -> context.response().putHeader(name, value));
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", MEDIA_TYPE)
                .end(body.toBuffer());
    }
}
