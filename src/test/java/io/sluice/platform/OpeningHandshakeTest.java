package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class OpeningHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void nothingIsKeptButTheUpgrade() {
        MultiMap headers = handshake();

        OpeningHandshake.reduce(headers, null);

        assertThat(headers.names())
                .containsExactlyInAnyOrder(
                        "host", "upgrade", "connection", "sec-websocket-version", "sec-websocket-key");
        assertThat(headers.get("Sec-WebSocket-Key")).isEqualTo(KEY);
        assertThat(headers.getAll("Connection")).containsExactly("Upgrade");
        assertThat(OpeningHandshake.fault(true, headers)).isNull();
    }

    @Test
    void ofTheSubprotocolsTheOneChosenStays() {
        MultiMap headers = handshake();

        OpeningHandshake.reduce(headers, "sluice.v1.senml+cbor");

        assertThat(headers.getAll("Sec-WebSocket-Protocol")).containsExactly("sluice.v1.senml+cbor");
    }

    private static MultiMap handshake() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("Host", "sluice.example")
                .add("Authorization", "Basic cHVtcDpzZWNyZXQ=")
                .add("User-Agent", "firmware/1")
                .add("Connection", "keep-alive")
                .add("Connection", "Upgrade")
                .add("Upgrade", "WebSocket")
                .add("Sec-WebSocket-Version", "13")
                .add("Sec-WebSocket-Key", KEY)
                .add("Sec-WebSocket-Protocol", "mqtt, sluice.v1.senml+cbor, sluice.v1.senml+json");
        return headers;
    }
}
