package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sluice.LogLines;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A client that goes away in the middle of a change is no news, wherever it goes. */
@QuarkusTest
class AbandonedRequestTest {
    private static final long SEED = Long.getLong("sluice.test.seed", 20_261_125L);
    private static final int ROUNDS = 25;
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

    @TestHTTPResource("/")
    URI service;

    @Test
    void leavesNoLineBehind() throws Exception {
        System.out.println("seed " + SEED + " (-Dsluice.test.seed)");
        SplittableRandom random = new SplittableRandom(SEED);
        String id = "abandoned-" + System.nanoTime();
        // The first request of a run may meet things that are still starting.
        change("POST", "/api/devices", "{\"id\":\"" + id + "\"}");
        try (LogLines log = LogLines.open()) {
            for (int round = 0; round < ROUNDS; round++) {
                String body = "{\"id\":\"" + id + "\",\"name\":\"" + round + "\"}";
                abandon(random, "PUT", "/api/devices/" + id, body);
                abandon(random, "POST", "/api/devices", body.replace(id, id + "-" + round));
                abandon(random, "PUT", "/api/profiles/" + id, "{\"strict\":false}");
                abandon(random, "POST", "/api/devices/" + id + "/token", "");
                abandon(random, "POST", "/api/devices/import", "{\"id\":\"" + id + "-i" + round + "\"}\n");
                abandon(random, "GET", "/api/devices/" + id, "");
                abandon(random, "POST", "/api/operators", "{\"name\":\"" + id + "\"}");
                abandon(random, "POST", "/api/tickets", "");
                abandon(random, "DELETE", "/api/devices/" + id + "-" + round, "");
            }
            // Behind the last one: on the same rows, and through the same pool of connections.
            for (int i = 0; i < 10; i++) {
                change("PUT", "/api/devices/" + id, "{\"name\":\"last\"}");
            }
            assertThat(log.get()).isEmpty();
        }
    }

    /** Sends some part of the request, waits a random moment, and resets or closes the connection. */
    private void abandon(SplittableRandom random, String method, String path, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + BASIC
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        byte[] octets = request.getBytes(StandardCharsets.ISO_8859_1);
        int head = octets.length - body.length();
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            if (random.nextBoolean()) {
                // A reset instead of an orderly end.
                socket.setSoLinger(true, 0);
            }
            int length =
                    random.nextInt(3) == 0 && body.length() > 0 ? head + random.nextInt(body.length()) : octets.length;
            socket.getOutputStream().write(octets, 0, length);
            socket.getOutputStream().flush();
            long end = System.nanoTime() + random.nextLong(6_000_000);
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void change(String method, String path, String body) {
        int status = RestAssured.given()
                .auth()
                .preemptive()
                .basic("admin", "admin")
                .contentType("application/json")
                .body(body)
                .request(method, path)
                .statusCode();
        assertThat(status).isBetween(200, 299);
    }
}
