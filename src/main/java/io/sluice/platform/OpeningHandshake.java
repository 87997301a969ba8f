package io.sluice.platform;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a request is a WebSocket handshake (RFC 6455 section 4.2.1), which the framework hardly looks at. */
public final class OpeningHandshake {
    /** The only version that there is. */
    public static final String VERSION = "13";

    private static final int KEY_OCTETS = 16;
    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final String KEY_HEADER = "Sec-WebSocket-Key";
    private static final String SUBPROTOCOL_HEADER = "Sec-WebSocket-Protocol";

    private OpeningHandshake() {}

    /**
     * @param http11 whether the request is HTTP/1.1
     * @return 400 or 426; null where nothing is wrong. To be answered by {@link #refuse} or with the headers of a 426.
     */
    public static @Nullable Problem fault(boolean http11, MultiMap headers) {
        if (!http11) {
            return malformed("a WebSocket begins with HTTP/1.1");
        }
        if (headers.getAll(HttpHeaders.HOST).size() != 1) {
            return malformed("exactly one Host is required");
        }
        if (!hasToken(headers.getAll(HttpHeaders.UPGRADE), "websocket")) {
            return upgradeRequired("this is a WebSocket endpoint");
        }
        if (!hasToken(headers.getAll(HttpHeaders.CONNECTION), "upgrade")) {
            return malformed("Connection does not say Upgrade");
        }
        List<String> versions = headers.getAll(VERSION_HEADER);
        if (versions.size() != 1) {
            return malformed("exactly one Sec-WebSocket-Version is required");
        }
        if (!versions.get(0).trim().equals(VERSION)) {
            return upgradeRequired("only version 13 is spoken");
        }
        List<String> keys = headers.getAll(KEY_HEADER);
        if (keys.size() != 1 || !isKey(keys.get(0).trim())) {
            return malformed("exactly one Sec-WebSocket-Key of 16 octets in base64 is required");
        }
        return null;
    }

    /** Answers with a problem that {@link #fault} found. */
    public static void refuse(HttpServerResponse response, Problem fault) {
        if (fault.status() == 426) {
            response.putHeader(HttpHeaders.UPGRADE, "websocket").putHeader(VERSION_HEADER, VERSION);
        }
        fault.send(response);
    }

    /**
     * Leaves of a handshake without {@link #fault} what the upgrade itself needs: the framework keeps the headers, twice, as
     * long as the connection, a credential among them.
     *
     * @param subprotocol the one chosen; null for none. Vert.x has one list of them for all endpoints, so it is shown this alone.
     */
    public static void reduce(MultiMap headers, @Nullable String subprotocol) {
        String host = headers.get(HttpHeaders.HOST);
        String key = headers.get(KEY_HEADER);
        headers.clear()
                .set(HttpHeaders.HOST, host)
                .set(HttpHeaders.UPGRADE, "websocket")
                // Of several such lines Vert.x reads the first alone.
                .set(HttpHeaders.CONNECTION, "Upgrade")
                .set(VERSION_HEADER, VERSION)
                .set(KEY_HEADER, key);
        if (subprotocol != null) {
            headers.set(SUBPROTOCOL_HEADER, subprotocol);
        }
    }

    private static boolean isKey(String key) {
        if (key.length() != 24) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_OCTETS;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasToken(List<String> headers, String token) {
        for (String header : headers) {
            for (String part : header.split(",")) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Problem malformed(String detail) {
        return Problem.of(400, detail);
    }

    private static Problem upgradeRequired(String detail) {
        return Problem.of(426, detail);
    }
}
