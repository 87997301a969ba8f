package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.LogLines;
import io.sluice.ProtocolVectors;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Whatever a peer does wrong, no line above DEBUG tells of it: who can send could fill the disk otherwise. */
@QuarkusTest
class BadInputTest {
    @TestHTTPResource("/ingest")
    URI url;

    @Inject
    MessageLog log;

    @Inject
    Connections connections;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(log::isReady);
        TestDevices.token("bad");
        TestDevices.token("d1");
        TestDevices.token("d2");
    }

    @Test
    void framesAreNoNews() throws IOException {
        try (LogLines lines = LogLines.open()) {
            for (Arguments violation : WireTest.violations().toList()) {
                try (RawSocket raw = RawSocket.open(url.getPort(), "bad")) {
                    raw.write((byte[]) violation.get()[2]);
                    raw.closeCode();
                }
            }
            settle(lines);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void handshakesAreNoNews() throws IOException {
        List<Arguments> refused = HandshakeTest.refused().toList();
        try (LogLines lines = LogLines.open()) {
            for (Arguments refusal : refused) {
                try (RawSocket raw = new RawSocket(url.getPort())) {
                    UnaryOperator<String> change = (UnaryOperator<String>) refusal.get()[2];
                    assertThat(raw.request(change.apply(RawSocket.handshake("d1", ""))))
                            .startsWith("HTTP/1.");
                }
            }
            settle(lines);
        }
    }

    @Test
    void messagesAreNoNews() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        ProtocolVectors.of("senml-json.json")
                .filter(vector -> vector.has("code") && vector.has("text"))
                .forEach(vector -> frames.add(RawSocket.frame(
                        true, 0, RawSocket.TEXT, vector.get("text").asText().getBytes(StandardCharsets.UTF_8))));
        ProtocolVectors.of("senml-cbor.json")
                .filter(vector -> vector.has("code") && vector.has("hex"))
                .forEach(vector -> frames.add(RawSocket.frame(
                        true,
                        0,
                        RawSocket.BINARY,
                        HexFormat.of().parseHex(vector.get("hex").asText()))));
        for (String control : List.of("{", "{}", "{\"x\":1}", "{\"result\":", "{\"ack\":1}", "{\"welcome\":{}}")) {
            frames.add(RawSocket.frame(true, 0, RawSocket.TEXT, control.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(frames).hasSizeGreaterThan(200);
        try (LogLines lines = LogLines.open()) {
            // Fewer at a time than the malformed ones in a row that end a connection.
            for (int from = 0; from < frames.size(); from += 15) {
                try (RawSocket raw = RawSocket.open(url.getPort(), "bad")) {
                    for (byte[] frame : frames.subList(from, Math.min(from + 15, frames.size()))) {
                        raw.write(frame);
                    }
                    raw.send(RawSocket.CLOSE, "");
                    raw.readClose();
                }
            }
            settle(lines);
        }
    }

    /** What HTTP's decoder took of it is lost to the WebSocket, which cannot go on (RFC 6455 section 4.1). */
    @Test
    void octetsBehindAHandshakeAreNoNews() throws IOException {
        String handshake = RawSocket.handshake("d2", "") + "\r\n";
        try (LogLines lines = LogLines.open()) {
            for (String behind : List.of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "[".repeat(9_000))) {
                try (RawSocket raw = new RawSocket(url.getPort())) {
                    raw.write(handshake + behind);
                    while (!raw.isEnded()) {
                        // the answer, perhaps a welcome
                    }
                }
            }
            settle(lines);
        }
    }

    /** No HTTP, half of it, and ends in the middle of everything. */
    @Test
    void whatIsNoRequestIsNoNews() throws IOException {
        String handshake = RawSocket.handshake("bad", "");
        List<String> pieces = List.of(
                "",
                "\r\n",
                "\0\0\0\0",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
                "GET",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /ingest HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
                "GET /ingest?" + "z".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /ingest HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /ingest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /ingest HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + TestDevices.basic("bad")
                        + "\r\nContent-Type: application/senml+json\r\nContent-Length: 100\r\n\r\n[",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                handshake.substring(0, 60),
                handshake + "\r\n",
                handshake + "\r\n\u0081\u0085",
                handshake + "\r\n\u0001\u0080");
        try (LogLines lines = LogLines.open()) {
            for (String piece : pieces) {
                for (boolean reset : new boolean[] {false, true}) {
                    try (Socket socket = new Socket("localhost", url.getPort())) {
                        socket.setSoLinger(reset, 0);
                        socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                        socket.getOutputStream().flush();
                    } catch (SocketException e) {
                        // The service was faster.
                    }
                }
            }
            settle(lines);
        }
    }

    /** Everything is over when the last connection has left and a good request behind it was answered. */
    private void settle(LogLines lines) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> connections.admitted() == 0);
        TestDevices.admin().get("/api/devices/" + TestDevices.id("bad")).then().statusCode(200);
        assertThat(lines.get()).isEmpty();
    }
}
