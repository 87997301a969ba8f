package io.sluice.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The registry by REST against a real database, and what the directory makes of it. */
@QuarkusTest
class RegistryRestTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    Directory directory;

    @Inject
    RecordedHistory history;

    private final String id = "reg-" + System.nanoTime() + "-" + COUNT.incrementAndGet();

    @Test
    void createsADeviceAndTellsItsTokenOnce() {
        String token = create(id, "\"group\":\"line-3\"");

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        admin().get("/api/devices/{id}", id)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("id", equalTo(id))
                .body("name", equalTo(id))
                .body("group", equalTo("line-3"))
                .body("profile", equalTo("default"))
                .body("enabled", equalTo(true))
                .body("$", not(hasKey("token")));
        assertThat(directory.authenticate(id, token)).isInstanceOf(Admission.Admitted.class);
        assertThat(directory.authenticate(token)).isInstanceOf(Admission.Admitted.class);
        assertThat(directory.authenticate(id, token + "x")).isInstanceOf(Admission.Refused.class);
        assertThat(directory.authenticate("another", token)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void purgesTheHistoryOfADeletedDeviceOnlyWhereAsked() {
        create(id, "");
        admin().delete("/api/devices/{id}", id).then().statusCode(204);
        assertThat(history.purged).doesNotContain(id);
        admin().delete("/api/devices/{id}?purge=true", id).then().statusCode(204);
        assertThat(history.purged).contains(id);

        create(id + "-b", "");
        admin().header("If-Match", "\"9\"")
                .delete("/api/devices/{id}?purge=true", id + "-b")
                .then()
                .statusCode(412);
        assertThat(history.purged).doesNotContain(id + "-b");
        admin().delete("/api/devices/{id}?purge=true", id + "-b").then().statusCode(204);
        assertThat(history.purged).contains(id + "-b");
        assertThat(directory.find(id + "-b")).isNull();
    }

    @Test
    void refusesASecondDeviceOfTheSameId() {
        create(id, "");
        admin().body("{\"id\":\"" + id + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("title", equalTo("Conflict"))
                .body("status", equalTo(409))
                .body("type", equalTo("about:blank"));
    }

    @Test
    void saysWhichFieldsAreWrong() {
        admin().body("{\"id\":\"-no\",\"group\":\"a b\",\"profile\":\"\"}")
                .post("/api/devices")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", equalTo(List.of("id", "group", "profile")));
        admin().body("{\"id\":\"" + id + "\",\"colour\":\"red\"}")
                .post("/api/devices")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("colour"))
                .body("errors[0].detail", equalTo("is not a known field"));
        admin().body("{\"id\":\"" + id + "\",\"enabled\":\"yes\"}")
                .post("/api/devices")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("enabled"));
        admin().body("{\"id\":\"" + id + "\",\"profile\":\"no-such\"}")
                .post("/api/devices")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("profile"));
    }

    @Test
    void answersBrokenJsonWithAProblem() {
        for (String body : List.of("{\"id\":", "{\"id\":\"a\"} x", "{\"id\":\"a\",\"id\":\"b\"}", "[]", "", "null")) {
            admin().body(body)
                    .post("/api/devices")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("title", equalTo("Bad Request"));
        }
    }

    @Test
    void replacesOnlyTheVersionThatTheCallerSaw() {
        create(id, "\"group\":\"a\"");

        admin().header("If-Match", "\"0\"")
                .body("{\"name\":\"Pump\",\"group\":\"b\"}")
                .put("/api/devices/{id}", id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Pump"));
        admin().header("If-Match", "\"0\"")
                .body("{\"name\":\"Late\"}")
                .put("/api/devices/{id}", id)
                .then()
                .statusCode(412)
                .contentType("application/problem+json");
        admin().header("If-Match", "\"0\"")
                .delete("/api/devices/{id}", id)
                .then()
                .statusCode(412);
        assertThat(directory.find(id)).extracting(DirectoryEntry::group).isEqualTo("b");

        admin().body("{\"enabled\":false}").put("/api/devices/{id}", id).then().statusCode(200);
        assertThat(directory.find(id)).extracting(DirectoryEntry::enabled).isEqualTo(false);
    }

    @Test
    void knowsNoDeviceThatWasNeverCreated() {
        admin().get("/api/devices/{id}", id).then().statusCode(404).contentType("application/problem+json");
        admin().body("{}").put("/api/devices/{id}", id).then().statusCode(404);
        admin().delete("/api/devices/{id}", id).then().statusCode(404);
        admin().post("/api/devices/{id}/token", id).then().statusCode(404);
    }

    @Test
    void forgetsADeletedDevice() {
        String token = create(id, "");
        admin().delete("/api/devices/{id}", id).then().statusCode(204);
        assertThat(directory.find(id)).isNull();
        assertThat(directory.authenticate(token)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void aNewTokenEndsTheOldOneAtOnceOrAfterItsGrace() {
        String first = create(id, "");
        String second = newToken("");
        assertThat(directory.authenticate(id, first)).isInstanceOf(Admission.Refused.class);
        assertThat(directory.authenticate(id, second)).isInstanceOf(Admission.Admitted.class);

        String third = newToken("?graceSeconds=600");
        assertThat(directory.authenticate(id, second)).isInstanceOf(Admission.Admitted.class);
        assertThat(directory.authenticate(id, third)).isInstanceOf(Admission.Admitted.class);

        String fourth = newToken("?graceSeconds=1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> directory.authenticate(id, third) instanceof Admission.Refused);
        assertThat(directory.authenticate(id, fourth)).isInstanceOf(Admission.Admitted.class);
        admin().post("/api/devices/{id}/token?graceSeconds=-1", id).then().statusCode(400);
    }

    @Test
    void tellsWhenEachTokenWasLastUsed() {
        String first = create(id, "");
        JsonPath unused = tokens();
        assertThat(unused.getList("tokens")).hasSize(1);
        assertThat(unused.getMap("tokens[0]")).containsOnlyKeys("created");
        String second = newToken("?graceSeconds=600");

        long before = System.currentTimeMillis();
        assertThat(directory.authenticate(id, second)).isInstanceOf(Admission.Admitted.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> tokens().getMap("tokens[1]").containsKey("lastUsed"));
        assertThat(tokens().getLong("tokens[1].lastUsed")).isGreaterThanOrEqualTo(before);
        assertThat(tokens().getMap("tokens[0]")).containsOnlyKeys("created", "ends");

        assertThat(directory.authenticate(first)).isInstanceOf(Admission.Admitted.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> tokens().getMap("tokens[0]").containsKey("lastUsed"));
        newToken("");
        assertThat(tokens().getList("tokens")).hasSize(1);
    }

    private JsonPath tokens() {
        return admin().get("/api/devices/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void holdsNoMoreTokensThanItsBound() {
        String first = create(id, "");
        for (int i = 0; i < TokenRotation.MAX_TOKENS; i++) {
            newToken("?graceSeconds=600");
        }
        assertThat(directory.authenticate(id, first)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void listsInPagesByGroupAndSearch() {
        for (String suffix : List.of("-a", "-b", "-c")) {
            create(id + suffix, "\"group\":\"" + id + "\",\"name\":\"Kiln_" + suffix + "\"");
        }
        String next = admin().get("/api/devices?group={g}&limit=2", id)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(id + "-a", id + "-b")))
                .extract()
                .path("next");
        admin().get("/api/devices?group={g}&limit=2&next={n}", id, next)
                .then()
                .body("items.id", equalTo(List.of(id + "-c")))
                .body("$", not(hasKey("next")));
        admin().get("/api/devices?group={g}&q=kiln_-B", id).then().body("items", hasSize(1));
        admin().get("/api/devices?group={g}&q=%25", id).then().body("items", hasSize(0));
        admin().get("/api/devices?limit=0").then().statusCode(400);
        admin().get("/api/groups?next={n}", id.substring(0, id.length() - 1))
                .then()
                .statusCode(200)
                .body("items.find { it.name == '" + id + "' }.devices", equalTo(3));
    }

    @Test
    void importsLinesAndAnswersEach() {
        create(id + "-0", "");
        String answer = given().auth()
                .preemptive()
                .basic("admin", "admin")
                .contentType("application/x-ndjson")
                .body(String.join(
                                "\n",
                                "{\"id\":\"" + id + "-1\",\"group\":\"imported\"}",
                                "{\"id\":\"" + id + "-0\"}",
                                "",
                                "{\"id\":\"" + id + "-1\"}",
                                "not json",
                                "{\"id\":\"a b\"}",
                                "{\"id\":\"" + id + "-2\",\"profile\":\"no-such\"}",
                                "{\"id\":\"" + id + "-3\"}")
                        .getBytes(StandardCharsets.UTF_8))
                .post("/api/devices/import")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        List<JsonPath> lines = answer.lines().map(JsonPath::from).toList();
        assertThat(lines).extracting(line -> line.getInt("line")).containsExactly(1, 2, 4, 5, 6, 7, 8);
        assertThat(lines).extracting(line -> line.getInt("status")).containsExactly(201, 409, 409, 400, 400, 400, 201);
        assertThat(directory.authenticate(id + "-1", lines.get(0).getString("token")))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(directory.find(id + "-1").group()).isEqualTo("imported");
        assertThat(directory.find(id + "-2")).isNull();
    }

    @Test
    void aChangedProfileJudgesItsDevicesAtOnce() {
        String profile = "p" + id;
        admin().body("{\"strict\":true,\"readingsPerSecond\":5,\"metrics\":["
                        + "{\"name\":\"temperature\",\"unit\":\"Cel\",\"type\":\"number\",\"min\":-40,\"max\":125}]}")
                .put("/api/profiles/{p}", profile)
                .then()
                .statusCode(201)
                .header("Location", matchesPattern(".*/api/profiles/" + profile))
                .body("burst", equalTo(10))
                .body("metrics[0].max", equalTo(125.0f));
        create(id, "\"profile\":\"" + profile + "\"");
        assertThat(directory.find(id).profile().metrics().get("temperature").max())
                .isEqualTo(125);

        admin().header("If-Match", "\"0\"")
                .body("{\"strict\":false}")
                .put("/api/profiles/{p}", profile)
                .then()
                .statusCode(200);
        assertThat(directory.find(id).profile().strict()).isFalse();
        assertThat(directory.find(id).profile().metrics()).isEmpty();

        admin().delete("/api/profiles/{p}", profile).then().statusCode(409);
        admin().delete("/api/devices/{id}", id).then().statusCode(204);
        admin().header("If-Match", "\"1234\"")
                .delete("/api/profiles/{p}", profile)
                .then()
                .statusCode(412);
        admin().delete("/api/profiles/{p}", profile).then().statusCode(204);
        admin().delete("/api/profiles/{p}", profile).then().statusCode(404);
        admin().get("/api/profiles/{p}", profile).then().statusCode(404);
    }

    @Test
    void keepsTheDefaultProfile() {
        admin().delete("/api/profiles/default").then().statusCode(409);
        admin().get("/api/profiles/default")
                .then()
                .statusCode(200)
                .body("readingsPerSecond", equalTo(1000))
                .body("burst", equalTo(2000))
                .body("strict", equalTo(false));
        admin().get("/api/profiles").then().body("items.name", hasItem("default"));
    }

    @Test
    void refusesProfilesThatContradictThemselves() {
        admin().body("{\"readingsPerSecond\":0,\"metrics\":[{\"name\":\"t\",\"min\":2,\"max\":1},{\"name\":\"t\","
                        + "\"type\":\"colour\"},{}]}")
                .put("/api/profiles/{p}", id)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("readingsPerSecond"))
                .body("errors.field", hasItem("metrics[0].min"))
                .body("errors.field", hasItem("metrics[1].type"))
                .body("errors.field", hasItem("metrics[1].name"))
                .body("errors.field", hasItem("metrics[2].name"));
    }

    @Test
    void answersUnknownPathsMethodsAndTypesWithProblems() {
        admin().get("/api/nothing").then().statusCode(404).contentType("application/problem+json");
        admin().delete("/api/devices").then().statusCode(405).contentType("application/problem+json");
        given().auth()
                .preemptive()
                .basic("admin", "admin")
                .contentType("text/plain")
                .body("x")
                .post("/api/devices")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void isReadyOnceTheDirectoryIsLoaded() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(directory::isLoaded);
        given().get("/q/health/ready")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("checks.find { it.name == 'directory' }.status", equalTo("UP"));
    }

    private String create(String device, String more) {
        return admin().body("{\"id\":\"" + device + "\"" + (more.isEmpty() ? "" : "," + more) + "}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .header("Location", startsWith("http"))
                .header("Cache-Control", "no-store")
                .extract()
                .path("token");
    }

    private String newToken(String query) {
        return admin().post("/api/devices/" + id + "/token" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin").contentType(ContentType.JSON);
    }
}
