package io.sluice.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server speaks to a device, chosen by the subprotocol (device protocol section 1). What a device sends is told by
 * its frames: text is JSON, binary is CBOR, whatever was chosen.
 */
public enum Encoding {
    JSON("sluice.v1.senml+json", "application/senml+json"),
    CBOR("sluice.v1.senml+cbor", "application/senml+cbor");

    private final String subprotocol;
    private final String contentType;

    Encoding(String subprotocol, String contentType) {
        this.subprotocol = subprotocol;
        this.contentType = contentType;
    }

    public String subprotocol() {
        return subprotocol;
    }

    /** The media type of a SenML pack in this encoding. */
    public String contentType() {
        return contentType;
    }

    /** By subprotocol name; null where unknown. */
    public static @Nullable Encoding ofSubprotocol(String name) {
        for (Encoding encoding : values()) {
            if (encoding.subprotocol.equals(name)) {
                return encoding;
            }
        }
        return null;
    }

    /**
     * The first known one of those offered, as the device orders them by preference.
     *
     * @param headers every {@code Sec-WebSocket-Protocol} header, each a comma-separated list
     */
    public static Choice choose(List<String> headers) {
        List<String> offered = new ArrayList<>();
        for (String header : headers) {
            for (String name : header.split(",", -1)) {
                String trimmed = name.trim();
                if (!trimmed.isEmpty()) {
                    offered.add(trimmed);
                }
            }
        }
        if (offered.isEmpty()) {
            return new Choice(JSON, null);
        }
        for (String name : offered) {
            Encoding known = ofSubprotocol(name);
            if (known != null) {
                return new Choice(known, name);
            }
        }
        return new Choice(null, null);
    }

    /**
     * @param encoding null where only unknown subprotocols were offered: the handshake is refused
     * @param echo the one name to answer with; null where none was offered
     */
    public record Choice(
            @Nullable Encoding encoding, @Nullable String echo) {}
}
