package io.sluice.live;

import static io.sluice.ingest.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingest.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /live} octet by octet: the same guard as devices have stands before it. */
@QuarkusTest
class LiveWireTest {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final byte[] NOTHING = {};
    private static final byte[] PING_FRAME = "{\"ping\":{}}".getBytes(StandardCharsets.UTF_8);
    private static final String HANDSHAKE = "GET /live HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Authorization: " + LiveClient.ADMIN + "\r\n";

    @TestHTTPResource
    URL url;

    static Stream<Arguments> refusals() {
        String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        return Stream.of(
                refusal("no key", 400, h -> h.replace(key, "")),
                refusal("repeated key", 400, h -> h + key),
                refusal("key that is no base64", 400, h -> h.replace("dGhl", "*Ghl")),
                refusal("key of 17 octets", 400, h -> h.replace("b25jZQ==", "b25jZTE=")),
                refusal("HTTP/1.0", 400, h -> h.replace("HTTP/1.1", "HTTP/1.0")),
                refusal("repeated Host", 400, h -> h + "Host: localhost\r\n"),
                refusal("no Connection: Upgrade", 400, h -> h.replace("Connection: Upgrade", "Connection: close")),
                refusal("version 8", 426, h -> h.replace("Version: 13", "Version: 8")),
                refusal("no upgrade", 426, h -> h.replace("Upgrade: websocket\r\n", "")),
                refusal("no credential", 401, h -> h.replaceAll("Authorization: .*\r\n", "")),
                refusal("foreign origin", 403, h -> h + "Origin: https://evil.example\r\n"));
    }

    private static Arguments refusal(String name, int status, UnaryOperator<String> change) {
        return Arguments.of(name, status, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefused(String name, int status, UnaryOperator<String> change) throws IOException {
        String handshake = change.apply(HANDSHAKE);
        assertThat(handshake).isNotEqualTo(HANDSHAKE);
        try (RawSocket raw = new RawSocket(url.getPort())) {
            assertThat(raw.request(handshake))
                    .matches("(?s)HTTP/1\\.[01] " + status + " .*")
                    .containsIgnoringCase("content-type: application/problem+json");
        }
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("RSV1", 1002, frame(true, 4, TEXT, PING_FRAME)),
                Arguments.of("opcode 3", 1002, frame(true, 0, 3, NOTHING)),
                Arguments.of("unmasked", 1002, HexFormat.of().parseHex("81025b5d")),
                Arguments.of("continuation of nothing", 1002, frame(true, 0, CONTINUATION, PING_FRAME)),
                Arguments.of("fragmented ping", 1002, frame(false, 0, PING, NOTHING)),
                Arguments.of("close of one octet", 1002, frame(true, 0, CLOSE, new byte[1])),
                Arguments.of("bad UTF-8", 1007, frame(true, 0, TEXT, new byte[] {(byte) 0xc0, (byte) 0xaf})),
                Arguments.of("a message of 70 KB in parts", 1009, parts(70)));
    }

    private static byte[] parts(int kilobytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < kilobytes; i++) {
            all.writeBytes(frame(i == kilobytes - 1, 0, i == 0 ? TEXT : CONTINUATION, new byte[1_024]));
        }
        return all.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void endsInACloseFrame(String name, int code, byte[] octets) throws IOException {
        try (RawSocket raw = open()) {
            raw.write(octets);
            assertThat(raw.readClose().closeCode()).isEqualTo(code);
        }
    }

    @Test
    void answersFragmentsPingsAndWhatIsLittleTooLarge() throws IOException {
        try (RawSocket raw = open()) {
            raw.write(frame(false, 0, TEXT, "{\"ping\"".getBytes(StandardCharsets.UTF_8)));
            raw.write(frame(true, 0, PING, "x".getBytes(StandardCharsets.UTF_8)));
            assertThat(raw.next().opcode()).isEqualTo(PONG);
            raw.write(frame(true, 0, CONTINUATION, ":{}}".getBytes(StandardCharsets.UTF_8)));
            assertThat(raw.next().text()).isEqualTo("{\"pong\":{}}");
            raw.write(frame(true, 0, BINARY, NOTHING));
            assertThat(raw.next().text()).contains("\"bad-frame\"");
            raw.write(frame(true, 0, TEXT, " ".repeat(20_000).getBytes(StandardCharsets.UTF_8)));
            assertThat(raw.next().text()).contains("\"bad-frame\"");
        }
    }

    @Test
    void tooManyBadFramesEndIt() throws IOException {
        try (RawSocket raw = open()) {
            for (int i = 0; i < 30; i++) {
                raw.write(frame(true, 0, TEXT, "nonsense".getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(raw.readClose().closeCode()).isEqualTo(1008);
        }
    }

    private RawSocket open() throws IOException {
        RawSocket raw = new RawSocket(url.getPort());
        assertThat(raw.request(HANDSHAKE)).startsWith("HTTP/1.1 101 ");
        assertThat(raw.next().text()).startsWith("{\"welcome\"");
        return raw;
    }
}
