package io.sluice.live;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the server's frames (operator protocol section 1). */
final class Frames {
    static final Frame PONG = Frame.of("{\"pong\":{}}");

    private Frames() {}

    static Frame welcome(String session, long now, List<String> windows, Collection<String> roles, long lagMs) {
        return Frame.of("{\"welcome\":{\"session\":" + Json.quote(session) + ",\"time\":" + now + ",\"windows\":"
                + array(windows) + ",\"roles\":" + array(roles) + ",\"lagMs\":" + lagMs + "}}");
    }

    static Frame snapshot(long id, String position, boolean recovered, boolean more, Page page) {
        return new Frame(
                position,
                ascii("{\"snapshot\":{\"id\":" + id + ",\"position\":\"" + position + "\",\"recovered\":" + recovered
                        + ",\"more\":" + more + ",\"items\":["),
                page.json(),
                ascii("]}}"),
                Item.NO_NEWS);
    }

    static Frame update(long id, String position, Page page) {
        return new Frame(
                position,
                ascii("{\"update\":{\"id\":" + id + ",\"position\":\"" + position + "\",\"items\":["),
                page.json(),
                ascii("],\"conflated\":" + page.conflated() + "}}"),
                page.oldestArrival());
    }

    static Frame error(@Nullable Long id, ErrorCode code, String detail) {
        return Frame.of("{\"error\":{" + (id == null ? "" : "\"id\":" + id + ",") + "\"code\":\"" + code.wireName()
                + "\",\"detail\":" + Json.quote(detail) + "}}");
    }

    static Frame goaway(String reason, long reconnectAfterMs) {
        return Frame.of(
                "{\"goaway\":{\"reason\":" + Json.quote(reason) + ",\"reconnectAfterMs\":" + reconnectAfterMs + "}}");
    }

    private static String array(Collection<String> texts) {
        return texts.stream().map(Json::quote).collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] ascii(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
