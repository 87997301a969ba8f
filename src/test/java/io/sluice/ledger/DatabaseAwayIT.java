package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.DeviceClient;
import io.sluice.ingest.RawSocket;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The database is stopped under a service: devices notice nothing, all of them can come back at once (so no handshake asks
 * it), open sessions of operators go on; and when it is back, so is everything else.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseAwayIT {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int FLEET = 300;
    /** Failed handshakes of one address in a minute. */
    private static final int GUESSES = 60;

    private static final String PACK = "[{\"n\":\"n\",\"v\":1}]";

    private static ProductionSite site;
    private static RunningSluice service;

    @BeforeAll
    static void start() throws Exception {
        site = ProductionSite.start("database-away-it");
        service = site.run(Map.of("SLUICE_ROLES", "ingest,live", "SLUICE_ALLOW_PLAINTEXT", "true"));
        service.awaitReady(READY, "https");
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            service.close();
        } finally {
            site.close();
        }
    }

    @Test
    @Order(1)
    void devicesGoOnAndComeBackAndSessionsStayOpen() throws Exception {
        Map<String, String> tokens = importFleet();
        DeviceClient connected = connect("db-0", tokens);
        connected.welcomed();
        String cookie = logIn();
        try (RawSocket live = openLive(cookie)) {
            site.stopDatabase();

            connected.send(PACK);
            assertThat(connected.nextText()).isEqualTo("{\"ack\":1}");
            long begun = System.nanoTime();
            List<DeviceClient> fleet = connectAtOnce(tokens);
            System.out.printf(
                    "%d handshakes without a database in %d ms%n", FLEET, (System.nanoTime() - begun) / 1_000_000);
            assertThat(status(RawSocket.handshakeOf(DeviceClient.basic("db-1", "wrong"), "")))
                    .isEqualTo(401);
            assertThat(status(RawSocket.handshakeOf(DeviceClient.basic("db-nobody", "wrong"), "")))
                    .isEqualTo(401);
            assertThat(service.get("https", "/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.put("/api/devices/db-1", "{}").statusCode()).isEqualTo(503);

            await("a round of the watch over live streams that found no database")
                    .atMost(SOON)
                    .until(() -> service.output().contains("SLUICE04005"));
            assertThat(status(request("GET /api/session", cookie))).isEqualTo(200);
            assertAnswers(live);
            assertThat(connected.closed).as("taken over by the fleet's own").isCompletedWithValue(4509);

            site.startDatabaseAgain();
            await("what was written after the outage")
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> service.put("/api/devices/db-1", "{\"enabled\":false}")
                                    .statusCode()
                            == 200);
            assertThat(fleet.get(1).closeCode()).isEqualTo(4503);
            assertThat(fleet.get(2).closed).isNotDone();
            assertAnswers(live);
            fleet.forEach(DeviceClient::close);
        }
    }

    @Test
    @Order(2)
    void guessingIsHeldBackAndGoodCredentialsPass() throws Exception {
        String device = "guarded";
        var answer = service.post("/api/devices", "{\"id\":\"" + device + "\"}");
        String token = new ObjectMapper().readTree(answer.body()).get("token").asText();
        String wrong = RawSocket.handshakeOf(DeviceClient.basic(device, "wrong"), "");
        String held = "";
        for (int i = 0; i <= GUESSES && !held.startsWith("HTTP/1.1 429 "); i++) {
            try (RawSocket raw = new RawSocket(service.port())) {
                held = raw.request(wrong);
            }
        }
        assertThat(held).startsWith("HTTP/1.1 429 ").containsIgnoringCase("\r\nretry-after: ");
        try (DeviceClient good = connect(device, Map.of(device, token))) {
            good.welcomed();
        }
    }

    private static void assertAnswers(RawSocket live) throws IOException {
        live.write(RawSocket.frame(true, 0, 1, "{\"ping\":{}}".getBytes()));
        assertThat(live.next().text()).isEqualTo("{\"pong\":{}}");
    }

    private static RawSocket openLive(String cookie) throws IOException {
        RawSocket live = new RawSocket(service.port());
        assertThat(live.request(request("GET /live", cookie)
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"))
                .startsWith("HTTP/1.1 101 ");
        assertThat(live.next().text()).startsWith("{\"welcome\"");
        return live;
    }

    private static String logIn() throws IOException {
        String body = "{\"name\":\"admin\",\"password\":\"" + ProductionSite.PASSWORD + "\"}";
        try (RawSocket raw = new RawSocket(service.port())) {
            raw.write("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            String answer = raw.response();
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            return answer.replaceAll("(?is).*set-cookie: (sluice=[^;]+);.*", "$1");
        }
    }

    private static String request(String line, String cookie) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n";
    }

    private static int status(String head) throws IOException {
        try (RawSocket raw = new RawSocket(service.port())) {
            return Integer.parseInt(raw.request(head).split(" ")[1]);
        }
    }

    private static Map<String, String> importFleet() throws Exception {
        String lines = IntStream.range(0, FLEET)
                .mapToObj(i -> "{\"id\":\"db-" + i + "\"}")
                .collect(Collectors.joining("\n"));
        var answer = service.post("/api/devices/import", lines);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Map<String, String> tokens = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : answer.body().split("\n")) {
            var device = json.readTree(line);
            tokens.put(device.get("id").asText(), device.get("token").asText());
        }
        assertThat(tokens).hasSize(FLEET);
        return tokens;
    }

    private static DeviceClient connect(String device, Map<String, String> tokens) {
        return DeviceClient.connect(service.port(), device, tokens.get(device), "", null);
    }

    /** All of the fleet, as after a restart; each is welcomed. */
    private static List<DeviceClient> connectAtOnce(Map<String, String> tokens) {
        List<CompletableFuture<DeviceClient>> handshakes = IntStream.range(0, FLEET)
                .mapToObj(i -> DeviceClient.connecting(service.port(), "db-" + i, tokens.get("db-" + i), "", null))
                .toList();
        List<DeviceClient> fleet = new ArrayList<>();
        handshakes.forEach(handshake -> fleet.add(handshake.join()));
        fleet.forEach(DeviceClient::welcomed);
        return fleet;
    }
}
