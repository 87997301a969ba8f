package io.sluice.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Text through the whole service: a count and the last one, on the stream, in polls and in the history; no figures, no
 * quantiles, no groups; and where a metric has numbers too, these alone count (operator protocol section 1).
 */
@QuarkusTest
class TextMetricsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long MINUTE = 60_000;

    @TestHTTPResource("/live")
    URI http;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String group = "texts-" + run;
    private final String device = "text-" + run;
    private final long now = System.currentTimeMillis() / MINUTE * MINUTE;
    private String token;

    @BeforeEach
    void create() {
        token = admin().contentType("application/json")
                .body("{\"id\":\"" + device + "\",\"group\":\"" + group + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", LiveClient.ADMIN);
    }

    private void post(String pack) {
        // The first devices of a run come before the topics.
        await().atMost(SOON)
                .until(() -> given().auth()
                                .preemptive()
                                .basic(device, token)
                                .contentType("application/senml+json")
                                .body(pack)
                                .post("/ingest?epoch=e&seq=1")
                                .statusCode()
                        == 200);
    }

    private static String at(long time, String record) {
        return "{\"t\":" + time / 1_000 + "," + record + "}";
    }

    /** Two closed minutes and one that stays open until this test is over, in one message. */
    private String pack() {
        return "["
                + String.join(
                        ",",
                        at(now - 5 * MINUTE, "\"n\":\"state\",\"vs\":\"open\""),
                        at(now - 5 * MINUTE + 10_000, "\"n\":\"state\",\"vs\":\"shut\""),
                        at(now - 4 * MINUTE, "\"n\":\"state\",\"vs\":\"=ajar\""),
                        at(now - 5 * MINUTE, "\"n\":\"mixed\",\"vs\":\"off\""),
                        at(now - 5 * MINUTE + 1_000, "\"n\":\"mixed\",\"v\":7"),
                        at(now - 5 * MINUTE + 2_000, "\"n\":\"mixed\",\"vs\":\"on\""),
                        at(now + 2 * MINUTE, "\"n\":\"state\",\"vs\":\"\""))
                + "]";
    }

    @Test
    void textIsTheSameOnTheStreamInPollsAndInTheHistory() throws Exception {
        URI live = URI.create("ws://" + http.getAuthority() + http.getPath());
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(
                    "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"window\":\"1m\",\"mode\":\"all\",\"devices\":[\""
                            + device + "\"],\"groups\":[\"" + group + "\"]}}");
            client.next("snapshot");
            post(pack());
            JsonNode item = JSON.readTree("{\"device\":\"" + device
                    + "\",\"metric\":\"state\",\"window\":\"1m\",\"start\":" + (now - 5 * MINUTE)
                    + ",\"count\":2,\"type\":\"string\",\"last\":\"shut\",\"final\":true}");
            JsonNode mixed = null;
            JsonNode seen = null;
            while (seen == null || mixed == null) {
                for (JsonNode each : client.next("update").get("items")) {
                    boolean isGroups = each.has("group");
                    assertThat(isGroups && each.get("metric").textValue().equals("state"))
                            .as("a group's: %s", each)
                            .isFalse();
                    if (!isGroups && each.get("start").equals(item.get("start"))) {
                        seen = each.get("metric").textValue().equals("state") ? each : seen;
                        mixed = each.get("metric").textValue().equals("mixed") ? each : mixed;
                    }
                }
            }
            assertThat(seen).isEqualTo(item);
            assertThat(mixed.get("count").intValue()).isEqualTo(1);
            assertThat(mixed.get("last").intValue()).isEqualTo(7);
            assertThat(mixed.has("type")).isFalse();

            assertThat(inHistory("device=" + device, "", 2).get(0)).isEqualTo(item);
        }
        JsonNode merged = inHistory("device=" + device, "&points=1", 1).get(0);
        assertThat(merged.get("count").intValue()).isEqualTo(3);
        assertThat(merged.get("last").textValue()).isEqualTo("=ajar");
        assertThat(merged.get("type").textValue()).isEqualTo("string");
        assertThat(merged.has("mean") || merged.has("p50")).isFalse();
        assertThat(admin().get(history("device=" + device, "&format=csv")).asString())
                .endsWith("," + (now - 4 * MINUTE) + ",1,,,,,'=ajar,,,\r\n");
        JsonNode latest = JSON.readTree(
                admin().get("/api/rollups/latest?window=1m&metrics=state&devices=" + device + "&groups=" + group)
                        .asString());
        assertThat(latest.get("items")).hasSize(1);
        assertThat(latest.at("/items/0/last").textValue()).isEmpty();
        assertThat(latest.at("/items/0/final").booleanValue()).isFalse();
        assertThat(JSON.readTree(admin().get(history("group=" + group, "")).asString())
                        .get("items"))
                .isEmpty();
    }

    private String history(String of, String more) {
        return "/api/rollups?" + of + "&metric=state&from=" + (now - 5 * MINUTE) + "&to=" + (now - 3 * MINUTE) + more;
    }

    private JsonNode inHistory(String of, String more, int items) {
        return await(items + " items of " + of)
                .atMost(SOON)
                .until(
                        () -> JSON.readTree(admin().get(history(of, more)).asString())
                                .get("items"),
                        found -> found.size() == items
                                && (more.isEmpty() || found.get(0).get("count").intValue() == 3));
    }
}
