package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance with small bounds and a fast heartbeat refuses and ends, over a socket. */
@QuarkusTest
@TestProfile(SmallInstanceTest.Small.class)
class SmallInstanceTest {
    private static final int PLACES = 2;
    private static final int SOCKETS = 50;
    private static final int ATTEMPTS = 12;
    private static final List<String> DEVICES =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "posting");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after: (\\d+)\r\n");

    /** Two places, twelve attempts of a device, three failed ones of an address; silence of 3 s is the end. */
    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.ingest.rate-patience", "PT2S",
                    "quarkus.http.limits.max-connections", Integer.toString(SOCKETS),
                    "sluice.live.max-connections", "1",
                    "sluice.ingest.max-connections", Integer.toString(PLACES),
                    "sluice.ingest.max-posts", "1",
                    "sluice.ingest.heartbeat", "PT1S",
                    "sluice.ingest.silence", "PT3S",
                    "sluice.ingest.device-attempts-per-minute", Integer.toString(ATTEMPTS),
                    "sluice.ingest.failed-attempts-per-minute", "3");
        }
    }

    @TestHTTPResource("/ingest")
    URI url;

    @Inject
    MessageLog log;

    @Inject
    Connections connections;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(log::isReady);
        // Before anything connects: making a device takes time.
        DEVICES.forEach(TestDevices::token);
    }

    @AfterEach
    void awaitEmptiness() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> connections.admitted() == 0);
    }

    private String handshake(RawSocket raw, String device) throws IOException {
        return raw.request(RawSocket.handshake(device, ""));
    }

    private static int retryAfter(String answer) {
        assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
        Matcher found = RETRY_AFTER.matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return Integer.parseInt(found.group(1));
    }

    @Test
    void aFullInstanceRefusesOthersAndLetsADeviceTakeItsOwnPlaceOver() throws IOException {
        try (RawSocket first = RawSocket.open(url.getPort(), "first");
                RawSocket second = RawSocket.open(url.getPort(), "second");
                RawSocket third = new RawSocket(url.getPort());
                RawSocket newer = new RawSocket(url.getPort())) {
            String refused = handshake(third, "third");
            assertThat(refused).startsWith("HTTP/1.1 503 ");
            assertThat(retryAfter(refused)).isPositive();

            newer.write(RawSocket.handshake("first", "") + "\r\n");
            assertThat(first.closeCode()).isEqualTo(4509);
            assertThat(newer.response()).startsWith("HTTP/1.1 101 ");
            assertThat(newer.next().text()).startsWith("{\"welcome\"");
            assertThat(connections.admitted()).isEqualTo(PLACES);

            newer.send(RawSocket.TEXT, "[{\"n\":\"a\",\"v\":1}]");
            assertThat(newer.next().text()).isEqualTo("{\"ack\":1}");
            second.send(RawSocket.TEXT, "[{\"n\":\"a\",\"v\":1}]");
            assertThat(second.next().text()).isEqualTo("{\"ack\":1}");
            try (RawSocket again = new RawSocket(url.getPort())) {
                assertThat(handshake(again, "third")).startsWith("HTTP/1.1 503 ");
            }
        }
    }

    /** The newer peer goes away while it waits for the older one, which does not answer the close: no place is lost. */
    @Test
    void aPlaceThatNobodyTakesOverIsFree() throws IOException {
        try (RawSocket first = RawSocket.open(url.getPort(), "fourth");
                RawSocket second = RawSocket.open(url.getPort(), "fifth")) {
            try (RawSocket newer = new RawSocket(url.getPort())) {
                newer.write(RawSocket.handshake("fourth", "") + "\r\n");
                assertThat(first.readClose().closeCode()).isEqualTo(4509);
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> connections.admitted() == 1);
            try (RawSocket sixth = RawSocket.open(url.getPort(), "sixth")) {
                assertThat(connections.admitted()).isEqualTo(PLACES);
                second.send(RawSocket.CLOSE, "");
                sixth.send(RawSocket.CLOSE, "");
            }
        }
    }

    @Test
    void aSilentPeerIsPingedAndThenClosedWith4408() throws IOException {
        try (RawSocket raw = RawSocket.open(url.getPort(), "silent")) {
            assertThat(raw.read().opcode()).isEqualTo(RawSocket.PING);
            assertThat(raw.closeCode()).isEqualTo(4408);
        }
    }

    /** Eight pings, at least 0.8 s apart, are more than the silence that is allowed. */
    @Test
    void pongsAloneKeepAConnection() throws IOException {
        try (RawSocket raw = RawSocket.open(url.getPort(), "ponging")) {
            for (int i = 0; i < 8; i++) {
                RawSocket.Frame ping = raw.read();
                assertThat(ping.opcode()).isEqualTo(RawSocket.PING);
                raw.send(RawSocket.PONG, ping.text());
            }
        }
    }

    @Test
    void tooManyAttemptsOfADeviceGet429() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (RawSocket raw = RawSocket.open(url.getPort(), "eager")) {
                raw.send(RawSocket.CLOSE, "");
                raw.readClose();
            }
        }
        try (RawSocket raw = new RawSocket(url.getPort())) {
            String answer = handshake(raw, "eager");
            assertThat(answer).startsWith("HTTP/1.1 429 ");
            assertThat(retryAfter(answer)).isBetween(1, 60);
        }
    }

    @Test
    void tooManyFailedAttemptsOfAnAddressGet429AndItsGoodDevicesAreLetIn() throws IOException {
        String answer = "";
        for (int i = 0; i < 4; i++) {
            try (RawSocket raw = new RawSocket(url.getPort())) {
                answer = raw.request(RawSocket.handshakeOf(DeviceClient.basic("nobody", "wrong"), ""));
                assertThat(answer).startsWith(i < 3 ? "HTTP/1.1 401 " : "HTTP/1.1 429 ");
            }
        }
        assertThat(retryAfter(answer)).isBetween(1, 60);
        try (RawSocket good = RawSocket.open(url.getPort(), "good")) {
            good.send(RawSocket.CLOSE, "");
        }
    }

    @Test
    void whoKeepsSendingWhileHeldBackIsClosedAndOneMessageOnItsWayIsNoReason() throws IOException {
        String message = "[" + "{\"n\":\"a\",\"v\":1},".repeat(4) + "{\"n\":\"a\",\"v\":1}]";
        for (String device : List.of("patient", "flooding")) {
            TestDevices.token(device);
            TestDevices.admin()
                    .body("{\"strict\":false,\"readingsPerSecond\":20,\"burst\":10}")
                    .put("/api/profiles/held-back");
            TestDevices.admin()
                    .body("{\"profile\":\"held-back\"}")
                    .put("/api/devices/{id}", TestDevices.id(device))
                    .then()
                    .statusCode(200);
        }
        try (RawSocket patient = RawSocket.open(url.getPort(), "patient")) {
            for (int i = 0; i < 3; i++) {
                patient.send(RawSocket.TEXT, message);
            }
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < end) {
                RawSocket.Frame frame = patient.next();
                assertThat(frame.opcode()).as(frame.text()).isEqualTo(RawSocket.TEXT);
                if (frame.text().startsWith("{\"slowdown\":")) {
                    patient.send(RawSocket.TEXT, message);
                }
            }
            patient.send(RawSocket.CLOSE, "");
        }
        try (RawSocket flooding = RawSocket.open(url.getPort(), "flooding")) {
            for (int i = 0; i < 400; i++) {
                flooding.send(RawSocket.TEXT, message);
            }
            assertThat(flooding.closeCode()).isEqualTo(4429);
        }
    }

    @Test
    void moreLiveStreamsThanAllowedGet503() throws IOException {
        String stream =
                RawSocket.handshakeOf(DeviceClient.basic("admin", "admin"), "").replace("GET /ingest ", "GET /live ")
                        + "Sec-WebSocket-Protocol: sluice.live.v1\r\n";
        try (RawSocket first = new RawSocket(url.getPort());
                RawSocket second = new RawSocket(url.getPort())) {
            assertThat(first.request(stream)).startsWith("HTTP/1.1 101 ");
            // Its handshake alone makes it none.
            assertThat(first.next().text()).startsWith("{\"welcome\"");
            String refused = second.request(stream);
            assertThat(refused).startsWith("HTTP/1.1 503 ");
            assertThat(retryAfter(refused)).isPositive();
        }
    }

    @Test
    void moreSocketsThanAllowedAreClosedAndFewerAreServed() throws IOException {
        String question = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n";
        List<RawSocket> open = new ArrayList<>();
        try {
            assertThatThrownBy(() -> {
                        while (open.size() <= SOCKETS) {
                            open.add(new RawSocket(url.getPort()));
                            assertThat(open.get(open.size() - 1).request(question))
                                    .startsWith("HTTP/1.1 200 ");
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(open).hasSizeGreaterThan(SOCKETS / 2);
            assertThat(open.get(0).request(question)).startsWith("HTTP/1.1 200 ");
        } finally {
            for (RawSocket each : open) {
                each.close();
            }
        }
    }

    @Test
    void morePostsAtATimeThanAllowedGet503() throws IOException {
        String post = "POST /ingest HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + TestDevices.basic("posting")
                + "\r\nContent-Type: application/senml+json\r\nContent-Length: 17\r\n";
        try (RawSocket slow = new RawSocket(url.getPort());
                RawSocket other = new RawSocket(url.getPort())) {
            slow.write(post + "Expect: 100-continue\r\n\r\n");
            assertThat(slow.response()).startsWith("HTTP/1.1 100 ");
            String refused = other.request(post);
            assertThat(refused).startsWith("HTTP/1.1 503 ");
            assertThat(retryAfter(refused)).isPositive();
            slow.write("[{\"n\":\"a\",\"v\":1}]");
            assertThat(slow.response()).startsWith("HTTP/1.1 200 ").contains("\"accepted\":1");
        }
    }
}
