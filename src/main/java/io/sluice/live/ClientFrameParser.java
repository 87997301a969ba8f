package io.sluice.live;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.live.ClientFrame.Ping;
import io.sluice.live.ClientFrame.Refused;
import io.sluice.live.ClientFrame.Subscribe;
import io.sluice.live.ClientFrame.Unsubscribe;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames. A field that is not known is refused and named: {@code device} written for {@code devices}
 * would otherwise silently bring everything. Pure and thread-safe.
 */
final class ClientFrameParser {
    private static final long MAX_ID = (1L << 53) - 1;
    private static final int MAX_NAME = 255;
    private static final Set<String> FIELDS =
            Set.of("id", "channel", "devices", "groups", "metrics", "window", "mode", "maxHz", "since");

    private final int maxFrameBytes;
    private final int maxNames;
    private final Set<String> windows;
    private final ObjectReader reader = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    ClientFrameParser(int maxFrameBytes, int maxNames, List<String> windows) {
        this.maxFrameBytes = maxFrameBytes;
        this.maxNames = maxNames;
        this.windows = Set.copyOf(windows);
    }

    ClientFrame parse(String text) {
        // Characters are at most as many as octets; what is longer in octets alone is bounded by the socket.
        if (text.length() > maxFrameBytes) {
            return bad(null, "a frame has at most " + maxFrameBytes + " octets");
        }
        JsonNode frame;
        try {
            frame = reader.readTree(text);
        } catch (JsonProcessingException e) {
            return bad(null, "not a JSON object");
        }
        if (!frame.isObject() || frame.size() != 1) {
            return bad(null, "a frame is an object with one member: subscribe, unsubscribe or ping");
        }
        String kind = frame.fieldNames().next();
        JsonNode body = frame.get(kind);
        if (!body.isObject()) {
            return bad(null, "the member's value is an object");
        }
        if (kind.equals("ping")) {
            return new Ping();
        }
        if (!kind.equals("subscribe") && !kind.equals("unsubscribe")) {
            return bad(null, "a frame is subscribe, unsubscribe or ping");
        }
        JsonNode id = body.get("id");
        if (id == null
                || !id.isIntegralNumber()
                || !id.canConvertToLong()
                || id.longValue() < 0
                || id.longValue() > MAX_ID) {
            return bad(null, "id is an integer from 0 to 2^53-1");
        }
        return kind.equals("subscribe") ? subscribe(id.longValue(), body) : new Unsubscribe(id.longValue());
    }

    private ClientFrame subscribe(long id, JsonNode body) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                return bad(id, "unknown field " + (name.length() > 40 ? name.substring(0, 40) : name));
            }
        }
        try {
            return subscribe(
                    id,
                    text(body, "channel"),
                    names(body, "devices"),
                    names(body, "groups"),
                    names(body, "metrics"),
                    text(body, "window"),
                    text(body, "mode"),
                    hz(body),
                    text(body, "since"));
        } catch (BadField e) {
            return new Refused(id, e.code, e.detail);
        }
    }

    /** The same for callers whose fields come from elsewhere, such as a query string; null where one is absent. */
    ClientFrame subscribe(
            long id,
            @Nullable String channelName,
            @Nullable Set<String> devices,
            @Nullable Set<String> groups,
            @Nullable Set<String> metrics,
            @Nullable String window,
            @Nullable String modeName,
            @Nullable Integer hz,
            @Nullable String since) {
        if (channelName == null) {
            return bad(id, "channel is missing");
        }
        Channel channel = Channel.named(channelName);
        if (channel == null) {
            return new Refused(id, ErrorCode.UNKNOWN_CHANNEL, "channels are rollups, devices and rejects");
        }
        if (count(devices) > maxNames || count(groups) > maxNames || count(metrics) > maxNames) {
            return new Refused(id, ErrorCode.TOO_MANY, "a filter has at most " + maxNames + " names");
        }
        if (channel == Channel.ROLLUPS && window != null && !windows.contains(window)) {
            return new Refused(id, ErrorCode.UNKNOWN_WINDOW, "windows are those that welcome names");
        }
        Mode mode =
                modeName == null || modeName.equals("latest") ? Mode.LATEST : modeName.equals("all") ? Mode.ALL : null;
        if (mode == null) {
            return bad(id, "mode is latest or all");
        }
        int maxHz = hz == null ? Subscribe.DEFAULT_HZ : hz;
        if (maxHz < 1 || maxHz > Subscribe.MAX_HZ) {
            return bad(id, "maxHz is an integer from 1 to " + Subscribe.MAX_HZ);
        }
        // Metrics and windows mean nothing on the other channels, and a client may send them everywhere.
        Filter filter = channel == Channel.ROLLUPS
                ? new Filter(devices, groups, metrics, window)
                : new Filter(devices, groups, null, null);
        return new Subscribe(id, channel, filter, mode, maxHz, since);
    }

    private static int count(@Nullable Set<String> names) {
        return names == null ? 0 : names.size();
    }

    private static @Nullable String text(JsonNode body, String field) throws BadField {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadField(ErrorCode.BAD_FRAME, field + " is a string");
        }
        return value.textValue();
    }

    private static @Nullable Integer hz(JsonNode body) throws BadField {
        JsonNode value = body.get("maxHz");
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.canConvertToInt() || !value.canConvertToExactIntegral()) {
            throw new BadField(ErrorCode.BAD_FRAME, "maxHz is an integer from 1 to " + Subscribe.MAX_HZ);
        }
        return value.intValue();
    }

    private @Nullable Set<String> names(JsonNode body, String field) throws BadField {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isArray()) {
            throw new BadField(ErrorCode.BAD_FRAME, field + " is an array of strings");
        }
        if (value.size() > maxNames) {
            throw new BadField(ErrorCode.TOO_MANY, "a filter has at most " + maxNames + " names");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode name : value) {
            if (!name.isTextual() || name.textValue().length() > MAX_NAME) {
                throw new BadField(ErrorCode.BAD_FRAME, field + " is an array of strings of at most 255 characters");
            }
            names.add(name.textValue());
        }
        return names;
    }

    private static ClientFrame bad(@Nullable Long id, String detail) {
        return new Refused(id, ErrorCode.BAD_FRAME, detail);
    }

    /** Ends the reading of a frame's fields at the first bad one. */
    private static final class BadField extends Exception {
        private final ErrorCode code;
        private final String detail;

        BadField(ErrorCode code, String detail) {
            super(detail, null, false, false);
            this.code = code;
            this.detail = detail;
        }
    }
}
