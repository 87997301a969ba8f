package io.sluice.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Who may call what: one row for each operation, tried by everybody. The table is compared with the OpenAPI document, so
 * that no operation is without a row.
 */
@QuarkusTest
class RightsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String ANYBODY = "anybody";
    private static final List<String> CALLERS = List.of(ANYBODY, "viewer", "operator", "admin");

    /** @param from the least that may call it */
    private record Row(String method, String path, String from) {
        String operation() {
            return method + " " + path;
        }
    }

    private static final List<Row> TABLE = List.of(
            new Row("POST", "/api/session", ANYBODY),
            new Row("DELETE", "/api/session", ANYBODY),
            new Row("GET", "/api/session", "viewer"),
            new Row("POST", "/api/tickets", "viewer"),
            new Row("GET", "/api/devices", "viewer"),
            new Row("POST", "/api/devices", "admin"),
            new Row("GET", "/api/devices/{id}", "viewer"),
            new Row("PUT", "/api/devices/{id}", "admin"),
            new Row("DELETE", "/api/devices/{id}", "admin"),
            new Row("POST", "/api/devices/{id}/token", "admin"),
            new Row("POST", "/api/devices/import", "admin"),
            new Row("GET", "/api/profiles", "viewer"),
            new Row("GET", "/api/profiles/{name}", "viewer"),
            new Row("PUT", "/api/profiles/{name}", "admin"),
            new Row("DELETE", "/api/profiles/{name}", "admin"),
            new Row("GET", "/api/groups", "viewer"),
            new Row("GET", "/api/rollups", "viewer"),
            new Row("GET", "/api/rollups/latest", "viewer"),
            new Row("GET", "/api/rejects", "viewer"),
            new Row("GET", "/api/operators", "admin"),
            new Row("POST", "/api/operators", "admin"),
            new Row("PUT", "/api/operators/{name}", "admin"),
            new Row("DELETE", "/api/operators/{name}", "admin"),
            new Row("GET", "/api/audit", "admin"));

    /** Routes that no document of REST knows. */
    private static final List<Row> BESIDE_REST = List.of(
            new Row("GET", "/", ANYBODY),
            new Row("GET", "/q/health/live", ANYBODY),
            new Row("GET", "/q/health/ready", ANYBODY),
            new Row("GET", "/q/metrics", "viewer"),
            new Row("GET", "/q/openapi", "viewer"),
            new Row("GET", "/live/events?window=none-of-this-name", "viewer"));

    private final String run = Long.toString(System.nanoTime(), 36);

    @Test
    void everyOperationHasARow() {
        Map<String, Map<String, Object>> paths = basic("admin", "admin")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        Set<String> methods = Set.of("get", "put", "post", "delete", "patch", "head", "options");
        Set<String> documented = new TreeSet<>();
        // Devices' POST has credentials of its own, the events stand below.
        paths.keySet().removeAll(Set.of("/ingest", "/live/events"));
        paths.forEach((path, operations) -> operations.keySet().stream()
                .filter(methods::contains)
                .forEach(method -> documented.add(method.toUpperCase() + " " + path)));
        Set<String> rows = TABLE.stream().map(Row::operation).collect(Collectors.toSet());
        assertThat(rows).isEqualTo(documented);
    }

    @Test
    void everybodyMayWhatTheTableSaysAndNoMore() {
        for (String role : List.of("viewer", "operator")) {
            basic("admin", "admin")
                    .contentType("application/json")
                    .body("{\"name\":\"" + role + run + "\",\"role\":\"" + role + "\",\"password\":\"" + PASSWORD
                            + "\"}")
                    .post("/api/operators")
                    .then()
                    .statusCode(201);
        }
        SoftAssertions every = new SoftAssertions();
        Stream.concat(TABLE.stream(), BESIDE_REST.stream()).forEach(row -> {
            for (String caller : CALLERS) {
                int status = call(row, caller).statusCode();
                if (CALLERS.indexOf(caller) >= CALLERS.indexOf(row.from())) {
                    every.assertThat(status)
                            .as("%s as %s", row.operation(), caller)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    every.assertThat(status)
                            .as("%s as %s", row.operation(), caller)
                            .isEqualTo(caller.equals(ANYBODY) ? 401 : 403);
                }
            }
        });
        every.assertAll();
    }

    /** Of nothing that exists and with nothing that is valid, so that the right alone decides what happens. */
    private Response call(Row row, String caller) {
        RequestSpecification request = switch (caller) {
            case ANYBODY -> given();
            case "admin" -> basic("admin", "admin");
            default -> basic(caller + run, PASSWORD);
        };
        if (!row.method().equals("GET")) {
            request.contentType("application/json").body("{}");
        }
        return request.request(row.method(), row.path().replaceAll("\\{[a-z]+}", "none-" + run));
    }

    private static RequestSpecification basic(String name, String password) {
        return given().auth().preemptive().basic(name, password);
    }
}
