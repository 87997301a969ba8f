package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes octet by octet: what is refused, and how (device protocol section 1). */
@QuarkusTest
class HandshakeTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @TestHTTPResource
    URL url;

    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal("no key", 400, h -> h.replace(KEY, "")),
                refusal("empty key", 400, h -> h.replace(KEY, "Sec-WebSocket-Key: \r\n")),
                refusal("repeated key", 400, h -> h + KEY),
                refusal("short key", 400, h -> h.replace(KEY, "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n")),
                refusal(
                        "key of 17 octets",
                        400,
                        h -> h.replace(KEY, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE=\r\n")),
                refusal("key that is no base64", 400, h -> h.replace("dGhl", "*Ghl")),
                refusal("HTTP/1.0", 400, h -> h.replace("HTTP/1.1", "HTTP/1.0")),
                refusal("repeated Host", 400, h -> h + "Host: localhost\r\n"),
                refusal("bad epoch", 400, h -> h.replace("/ingest", "/ingest?epoch=a%20b")),
                refusal("empty epoch", 400, h -> h.replace("/ingest", "/ingest?epoch=")),
                refusal("long epoch", 400, h -> h.replace("/ingest", "/ingest?epoch=" + "e".repeat(65))),
                refusal("repeated epoch", 400, h -> h.replace("/ingest", "/ingest?epoch=a&epoch=a")),
                refusal("next 0", 400, h -> h.replace("/ingest", "/ingest?next=0")),
                refusal("next negative", 400, h -> h.replace("/ingest", "/ingest?next=-1")),
                refusal("next 2^53", 400, h -> h.replace("/ingest", "/ingest?next=9007199254740992")),
                refusal("next no number", 400, h -> h.replace("/ingest", "/ingest?next=1e3")),
                refusal("unknown subprotocol", 400, h -> h + "Sec-WebSocket-Protocol: arduino, mqtt\r\n"),
                refusal("no Connection: Upgrade", 400, h -> h.replace("Connection: Upgrade", "Connection: close")),
                refusal("version 8", 426, h -> h.replace("Version: 13", "Version: 8")),
                refusal("version 7", 426, h -> h.replace("Version: 13", "Version: 7")),
                refusal("no version", 400, h -> h.replace("Sec-WebSocket-Version: 13\r\n", "")),
                refusal("no credential", 401, h -> h.replaceFirst("Authorization: .*\r\n", "")),
                refusal("wrong token", 401, h -> basic(h, TestDevices.id("d1"), "wrong")),
                refusal("unknown device", 401, h -> basic(h, "nobody", "token-nobody")),
                refusal("token of another device", 401, h -> basic(h, TestDevices.id("d1"), TestDevices.token("d2"))),
                refusal("unknown scheme", 401, h -> h.replace("Basic", "Digest")),
                refusal("disabled", 403, h -> basic(h, disabled(), TestDevices.token("off"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void refusesWithAProblem(String name, int status, UnaryOperator<String> change) throws IOException {
        try (RawSocket raw = new RawSocket(url.getPort())) {
            String answer = raw.request(change.apply(RawSocket.handshake("d1", "")));
            assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .contains("content-type: application/problem+json")
                    .contains("\"status\":" + status);
            if (status == 401) {
                assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("www-authenticate: basic");
            }
            if (status == 426) {
                assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("sec-websocket-version: 13");
            }
        }
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                refusal("plain", 101, h -> h),
                refusal("foreign Origin", 101, h -> h + "Origin: file://\r\n"),
                refusal("next 2^53-1", 101, h -> h.replace("/ingest", "/ingest?next=9007199254740991")),
                refusal("epoch that begins with a dash", 101, h -> h.replace("/ingest", "/ingest?epoch=-.x_")),
                refusal(
                        "bearer",
                        101,
                        h -> h.replaceFirst(
                                "Authorization: .*\r\n", "Authorization: Bearer " + TestDevices.token("d1") + "\r\n")),
                refusal("extensions offered", 101, h -> h + "Sec-WebSocket-Extensions: permessage-deflate\r\n"),
                refusal(
                        "known among unknown ones",
                        101,
                        h -> h + "Sec-WebSocket-Protocol: arduino, sluice.live.v1, sluice.v1.senml+cbor\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void upgrades(String name, int status, UnaryOperator<String> change) throws IOException {
        try (RawSocket raw = new RawSocket(url.getPort())) {
            String request = change.apply(RawSocket.handshake("d1", ""));
            String answer = raw.request(request);
            assertThat(answer)
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
            if (request.contains("senml+cbor")) {
                assertThat(answer).containsIgnoringCase("sec-websocket-protocol: sluice.v1.senml+cbor\r\n");
            } else {
                assertThat(answer).doesNotContainIgnoringCase("sec-websocket-protocol");
            }
        }
    }

    @Test
    void saysThatItIsAWebSocketEndpointToAPlainGet() throws IOException {
        try (RawSocket raw = new RawSocket(url.getPort())) {
            assertThat(raw.request("GET /ingest HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 426 ")
                    .containsIgnoringCase("upgrade: websocket");
        }
    }

    private static String disabled() {
        TestDevices.token("off");
        TestDevices.admin()
                .body("{\"enabled\":false}")
                .put("/api/devices/{id}", TestDevices.id("off"))
                .then()
                .statusCode(200);
        return TestDevices.id("off");
    }

    private static Arguments refusal(String name, int status, UnaryOperator<String> change) {
        return Arguments.of(name, status, change);
    }

    private static String basic(String handshake, String device, String token) {
        return handshake.replaceFirst(
                "Authorization: .*\r\n", "Authorization: " + DeviceClient.basic(device, token) + "\r\n");
    }

    @Test
    void answersPipelinedRequestsInTheirOrderAndUpgradesAfterThem() throws IOException {
        String handshake = RawSocket.handshake("d1", "");
        try (RawSocket raw = new RawSocket(url.getPort())) {
            raw.write("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "POST /ingest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n[]"
                    + handshake + "\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 200 ");
            assertThat(raw.response()).startsWith("HTTP/1.1 401 ");
            assertThat(raw.response()).startsWith("HTTP/1.1 101 ");
            assertThat(raw.next().text()).startsWith("{\"welcome\"");
            raw.send(RawSocket.TEXT, "[{\"n\":\"t\",\"v\":1}]");
            assertThat(raw.next().text()).isEqualTo("{\"ack\":1}");
        }
    }
}
