package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What REST answers is what {@code /q/openapi} says that it does: every operation, every status of success, every member. */
@QuarkusTest
class OpenApiTest {
    private static final String JSON = "application/json";
    private static final String PASSWORD = "correct horse battery";
    /** Endless, so not an answer that can be taken as a whole; LiveEndTest reads them. */
    private static final String EVENTS = "GET /live/events 200";

    private final String run = Long.toString(System.nanoTime(), 36);
    private final String device = "open-" + run;
    private final Set<String> seen = new TreeSet<>();
    private OpenApi document;

    @BeforeEach
    void readTheDocument() throws IOException {
        document = OpenApi.of(admin().get("/q/openapi?format=json").asString());
    }

    @Test
    void everySuccessIsAsItIsDocumented() throws IOException {
        session();
        profiles();
        devices();
        String token = call("POST", "/api/devices/{id}/token", 200, admin().queryParam("validSeconds", 3_600))
                .path("token");
        readings(token);
        operators();
        ends();
        Set<String> documented = document.successes();
        assertThat(documented).contains(EVENTS);
        documented.remove(EVENTS);
        assertThat(seen).isEqualTo(documented);
        Set<String> unseen = document.unseenMembers();
        // Bodies that are only sent, what comes after minutes, what needs a device that repeats itself, is late or
        // stays.
        unseen.removeIf(member -> member.matches("(\\w*Body|LateView|RepeatsView|ConnectionView)\\..*"
                + "|DeviceView\\.late|Problem\\.\\w+|\\w*Page\\w*\\.next|RollupItem\\.(p50|p95|p99|type|group)"));
        assertThat(unseen).isEmpty();
    }

    @Test
    void everyRefusalIsAProblem() throws IOException {
        for (String success : document.successes()) {
            String[] operation = success.split(" ");
            Response answer = given().contentType(JSON)
                    .body("[")
                    .request(operation[0], operation[1].replaceAll("\\{\\w+}", "none"));
            if (operation[0].equals("DELETE") && operation[1].equals("/api/session")) {
                assertThat(answer.statusCode()).as(success).isEqualTo(204);
                continue;
            }
            assertThat(answer.statusCode()).as(success).isBetween(400, 499);
            document.check(operation[0], operation[1], answer);
        }
        call("POST", "/api/devices", 400, admin().body("{\"id\":\"-\",\"group\":\"a b\"}"));
        call("GET", "/api/devices/{id}", 404, admin());
        call("GET", "/api/rollups", 400, admin());
        call("GET", "/api/rollups/latest", 400, admin().queryParam("window", "none"));
    }

    private void session() throws IOException {
        call(
                "POST",
                "/api/session",
                200,
                given().contentType(JSON)
                        .header("Sec-Fetch-Site", "same-origin")
                        .body("{\"name\":\"admin\",\"password\":\"admin\"}"));
        call("GET", "/api/session", 200, admin());
        call("DELETE", "/api/session", 204, given());
        call("POST", "/api/tickets", 200, admin());
    }

    private void profiles() throws IOException {
        String body = "{\"strict\":true,\"readingsPerSecond\":5,\"burst\":50,\"metrics\":["
                + "{\"name\":\"temperature\",\"unit\":\"Cel\",\"type\":\"number\",\"min\":-40,\"max\":125}]}";
        call("PUT", "/api/profiles/{name}", 201, admin().body(body));
        call("PUT", "/api/profiles/{name}", 200, admin().body(body));
        call("GET", "/api/profiles/{name}", 200, admin());
        call("GET", "/api/profiles", 200, admin());
    }

    private void devices() throws IOException {
        String body = "{\"id\":\"" + device + "\",\"group\":\"" + run + "\",\"profile\":\"" + device + "\"}";
        call("POST", "/api/devices", 201, admin().body(body));
        call("PUT", "/api/devices/{id}", 200, admin().body(body));
        call("GET", "/api/devices", 200, admin().queryParam("limit", 1));
        call("GET", "/api/groups", 200, admin());
        call(
                "POST",
                "/api/devices/import",
                200,
                admin().body("{\"id\":\"" + device + "-2\"}\n{\"id\":\"-\"}\n{\"id\":\"" + device + "\"}"));
    }

    private void readings(String token) throws IOException {
        String message = "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5},{\"n\":\"temperature\",\"v\":999}]";
        for (int time = 0; time < 2; time++) {
            RequestSpecification sender =
                    given().auth().preemptive().basic(device, token).contentType("application/senml+json");
            call(
                    "POST",
                    "/ingest",
                    200,
                    sender.queryParam("epoch", "e").queryParam("seq", 1).body(message));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> latest().path("items.size()").equals(1));
        String tag = call(
                        "GET",
                        "/api/rollups/latest",
                        200,
                        admin().queryParam("devices", device).queryParam("window", "1s"))
                .header("ETag");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> latest().path("items[0].final").equals(true));
        tag = latest().header("ETag");
        call(
                "GET",
                "/api/rollups/latest",
                304,
                admin().header("If-None-Match", tag)
                        .queryParam("devices", device)
                        .queryParam("window", "1s"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !admin().queryParam("device", device)
                        .get("/api/rejects")
                        .path("items")
                        .equals(java.util.List.of()));
        call("GET", "/api/rejects", 200, admin().queryParam("device", device));
        RequestSpecification history = admin().queryParam("device", device).queryParam("metric", "temperature");
        call("GET", "/api/rollups", 200, history);
        call("GET", "/api/rollups", 200, history.queryParam("format", "csv"));
        call("GET", "/api/devices/{id}", 200, admin());
    }

    private Response latest() {
        return admin().queryParam("devices", device).queryParam("window", "1s").get("/api/rollups/latest");
    }

    private void operators() throws IOException {
        String body = "{\"name\":\"" + device + "\",\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}";
        call("POST", "/api/operators", 201, admin().body(body));
        call("PUT", "/api/operators/{name}", 200, admin().body(body));
        call("GET", "/api/operators", 200, admin());
        call("DELETE", "/api/operators/{name}", 204, admin());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !admin().get("/api/audit").path("items").equals(java.util.List.of()));
        call("GET", "/api/audit", 200, admin().queryParam("limit", 1));
    }

    private void ends() throws IOException {
        call("DELETE", "/api/devices/{id}", 204, admin());
        call("DELETE", "/api/profiles/{name}", 204, admin());
    }

    /** Ids and names in the path are all the same. */
    private Response call(String method, String path, int status, RequestSpecification request) throws IOException {
        Response answer = request.request(method, path.replaceAll("\\{\\w+}", device));
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.asString())
                .isEqualTo(status);
        document.check(method, path, answer);
        if (status < 400) {
            seen.add(method + " " + path + " " + status);
        }
        return answer;
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin").contentType(JSON);
    }
}
