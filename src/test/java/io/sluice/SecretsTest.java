package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.ingest.DeviceClient;
import io.sluice.ingest.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** With everything logged that can be logged, no credential and nothing of a device's message is in it. */
@QuarkusTest
class SecretsTest {
    private static final String RUN = Long.toString(System.nanoTime(), 36);
    private static final String PASSWORD = "password-of-" + RUN;
    private static final String PAYLOAD = "payload-of-" + RUN;

    @TestHTTPResource("/")
    URI service;

    private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, "wrong-" + PASSWORD, PAYLOAD));

    @Test
    void neitherCredentialsNorPayloadsAreLogged() throws IOException {
        try (Everything log = new Everything()) {
            operators();
            devices();
            assertThat(log.lines).as("something is logged at all").isNotEmpty();
            assertThat(log.lines).allSatisfy(line -> assertThat(line).doesNotContain(secrets));
        }
    }

    private void operators() throws IOException {
        String name = "secretive-" + RUN;
        admin().body("{\"name\":\"" + name + "\",\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/operators")
                .then()
                .statusCode(201);
        logIn(name, "wrong-" + PASSWORD, 401);
        String cookie = logIn(name, PASSWORD, 200);
        secrets.add(cookie);
        given().cookie("sluice", cookie).get("/api/devices").then().statusCode(200);
        given().auth()
                .preemptive()
                .basic(name, PASSWORD)
                .get("/api/audit")
                .then()
                .statusCode(403);
        String ticket = given().auth()
                .preemptive()
                .basic(name, PASSWORD)
                .post("/api/tickets")
                .then()
                .statusCode(200)
                .extract()
                .path("ticket");
        secrets.add(ticket);
        for (int use = 0; use < 2; use++) {
            try (RawSocket raw = new RawSocket(service.getPort())) {
                String answer = raw.request("GET /live?ticket=" + ticket + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sluice.live.v1\r\n");
                assertThat(answer).startsWith(use == 0 ? "HTTP/1.1 101 " : "HTTP/1.1 401 ");
            }
        }
    }

    private static String logIn(String name, String password, int status) {
        return given().contentType(ContentType.JSON)
                .body("{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}")
                .post("/api/session")
                .then()
                .statusCode(status)
                .extract()
                .cookie("sluice");
    }

    private void devices() {
        String id = "secret-" + RUN;
        String first = admin().body("{\"id\":\"" + id + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        secrets.add(first);
        secrets.add("x" + first);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> post(id, first, "[{\"n\":\"a\",\"vs\":\"" + PAYLOAD + "\"}]") == 200);
        assertThat(post(id, "x" + first, "[]")).isEqualTo(401);
        assertThat(post(id, first, PAYLOAD)).isBetween(400, 499);
        try (DeviceClient client = DeviceClient.connect(service.getPort(), id, first, "", null)) {
            client.welcomed();
            client.send("[{\"" + PAYLOAD + "_\":1}]");
            assertThat(client.nextText()).startsWith("{\"reject\":");
            String second = admin().post("/api/devices/{id}/token", id)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("token");
            secrets.add(second);
            assertThat(client.closeCode()).isEqualTo(4501);
        }
    }

    private static int post(String device, String token, String message) {
        return given().auth()
                .preemptive()
                .basic(device, token)
                .contentType("application/senml+json")
                .body(message)
                .post("/ingest")
                .statusCode();
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin").contentType(ContentType.JSON);
    }

    /** Every line of the service and of what carries it, as it would be written. */
    private static final class Everything extends Handler implements AutoCloseable {
        private static final List<String> CATEGORIES =
                List.of("io.sluice", "io.quarkus", "io.vertx", "org.jboss.resteasy");

        /** DEBUG: what is below is left out of the build ({@code quarkus.log.min-level}). */
        private static final Level MOST = Level.FINE;

        final List<String> lines = new CopyOnWriteArrayList<>();
        private final List<Logger> loggers =
                CATEGORIES.stream().map(Logger::getLogger).toList();

        Everything() {
            setLevel(Level.ALL);
            loggers.forEach(logger -> {
                logger.setLevel(MOST);
                logger.addHandler(this);
            });
        }

        @Override
        public void publish(LogRecord line) {
            String text = line instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : line.getMessage();
            lines.add(line.getLoggerName() + " " + text + " " + line.getThrown());
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            loggers.forEach(logger -> {
                logger.removeHandler(this);
                logger.setLevel(null);
            });
        }
    }
}
