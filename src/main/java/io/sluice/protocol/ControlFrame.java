package io.sluice.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * What is said to a device's control frame. No control frame is known in this version ({@code result} comes with commands),
 * so the answer is one of two errors.
 */
public enum ControlFrame {
    UNKNOWN("unknown-control", "this control frame is not known"),
    MALFORMED("malformed-control", "not one complete object");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names are a peer's own, and either table would keep them for good.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final String wireName;
    private final String detail;

    ControlFrame(String wireName, String detail) {
        this.wireName = wireName;
        this.detail = detail;
    }

    public String wireName() {
        return wireName;
    }

    public String detail() {
        return detail;
    }

    /** Judges a message that {@link FrameKind} calls control. */
    public static ControlFrame judge(byte[] message, boolean text) {
        return (text ? isJsonObject(message) : CborItem.isOneWellFormedItem(message)) ? UNKNOWN : MALFORMED;
    }

    private static boolean isJsonObject(byte[] message) {
        try (JsonParser parser = JSON.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            // A truncated object ends in null here, trailing content in a token or an exception.
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
