package io.sluice.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From devices' posts to a group on the stream and in polls, with the whole service. */
@QuarkusTest
class GroupsLiveTest {
    @TestHTTPResource("/live")
    URI http;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String group = "line-" + run;
    private final String first = "first-" + run;
    private final String second = "second-" + run;
    private String firstToken;
    private String secondToken;

    @BeforeEach
    void createDevices() {
        firstToken = create(first);
        secondToken = create(second);
    }

    private String create(String device) {
        return admin().contentType("application/json")
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

    /** One reading of now. */
    private static void post(String device, String token, double value) {
        // The first devices of a run come before the topics.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().auth()
                                .preemptive()
                                .basic(device, token)
                                .contentType("application/senml+json")
                                .body("[{\"n\":\"t\",\"u\":\"Cel\",\"v\":" + value + "}]")
                                .post("/ingest")
                                .statusCode()
                        == 200);
    }

    private Response poll(String filter) {
        return admin().get("/api/rollups/latest?window=1m&" + filter);
    }

    private static String subscribe(String filter) {
        return "{\"subscribe\":{\"id\":" + filter + ",\"channel\":\"rollups\",\"window\":\"1m\",\"maxHz\":20}}";
    }

    @Test
    void aGroupIsOnTheStreamAndInPollsBesideItsDevices() {
        URI live = URI.create("ws://" + http.getAuthority() + http.getPath());
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(subscribe("1,\"groups\":[\"" + group + "\"]"));
            assertThat(client.next("snapshot").get("items")).isEmpty();
            post(first, firstToken, 20);
            post(second, secondToken, 30);
            double greatest = 0;
            while (greatest < 30) {
                for (JsonNode item : client.next("update").get("items")) {
                    assertThat(item.has("device")).as(item.toString()).isFalse();
                    assertThat(item.get("group").textValue()).isEqualTo(group);
                    greatest = item.get("max").doubleValue();
                    assertThat(item.has("p50")).isTrue();
                }
            }

            client.send(subscribe("2,\"groups\":[\"" + group + "\"],\"devices\":[\"" + first + "\"]"));
            assertThat(names(client.next("snapshot"))).containsExactly(first, group);
            client.send(subscribe("3,\"devices\":[\"" + first + "\"]"));
            assertThat(names(client.next("snapshot"))).containsExactly(first);
            client.send(subscribe("4"));
            assertThat(names(client.next("snapshot"))).contains(first, second, group);
        }
        assertThat(poll("groups=" + group).jsonPath().getList("items.group")).containsExactly(group);
        assertThat(poll("groups=" + group).jsonPath().getDouble("items[0].last"))
                .isEqualTo(30);
        assertThat(poll("groups=" + group + "&devices=" + first).jsonPath().getList("items.device"))
                .containsExactly(first, null);
        poll("devices=" + second).then().body("items.size()", Matchers.is(1));
        assertThat(poll("").jsonPath().getList("items.group", String.class)).contains(group);
    }

    private static Set<String> names(JsonNode snapshot) {
        Set<String> names = new TreeSet<>();
        for (JsonNode item : snapshot.get("items")) {
            names.add(item.path("device").asText() + item.path("group").asText());
        }
        return names;
    }
}
