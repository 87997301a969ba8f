package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An operator sees how many messages of a device were repeats (device protocol section 4), and how many of its readings came
 * too late for a window.
 */
@QuarkusTest
class RepeatsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TestHTTPResource("/ingest")
    URI uri;

    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(SOON).until(log::isReady);
    }

    @Test
    void aDeviceThatNeverRepeatedHasNone() {
        TestDevices.token("fresh");
        Awaitility.await().atMost(SOON).until(() -> device("fresh").get("repeats") != null);
        JsonPath device = device("fresh");
        assertThat(device.getInt("repeats.messages")).isZero();
        assertThat(device.getMap("repeats")).containsOnlyKeys("messages", "fromOne");
        assertThat(device.getMap("late")).containsOnlyKeys("readings");
    }

    @Test
    void aResendIsCountedAndNoHintGiven() {
        send("resending", 7, 3);
        send("resending", 8, 2);
        Awaitility.await().atMost(SOON).until(() -> device("resending").getInt("repeats.messages") == 2);
        JsonPath device = device("resending");
        assertThat(device.getInt("repeats.fromOne")).isZero();
        assertThat(device.getLong("repeats.last")).isPositive();
        assertThat(device.getMap("repeats")).doesNotContainKey("hint");
    }

    @Test
    void hardCodedNumbersGetAHint() {
        send("hard-coded", 1, 2);
        send("hard-coded", 1, 2);
        Awaitility.await().atMost(SOON).until(() -> device("hard-coded").getInt("repeats.messages") == 2);
        JsonPath device = device("hard-coded");
        assertThat(device.getInt("repeats.fromOne")).isEqualTo(1);
        assertThat(device.getString("repeats.hint")).contains("next=1");
    }

    @Test
    void lateReadingsAreAcknowledgedAndCounted() {
        String id = TestDevices.id("dawdling");
        long now = System.currentTimeMillis() / 1_000;
        try (DeviceClient client =
                DeviceClient.connect(uri.getPort(), id, TestDevices.token("dawdling"), "?epoch=e", null)) {
            client.welcomed();
            // Its own time closes the windows of two minutes ago; which one of two is late, the clock before the
            // message says.
            for (String pack : List.of(
                    "[{\"n\":\"a\",\"v\":1,\"t\":" + now + "}]",
                    "[{\"n\":\"a\",\"v\":1,\"t\":" + (now - 120) + "},{\"n\":\"b\",\"vs\":\"x\",\"t\":" + (now - 120)
                            + "}]",
                    "[{\"n\":\"a\",\"v\":1,\"t\":" + now + "}]")) {
                client.send(pack);
                assertThat(client.nextText()).startsWith("{\"ack\":");
            }
        }
        Awaitility.await().atMost(SOON).until(() -> device("dawdling").getInt("late.readings") == 2);
        assertThat(device("dawdling").getLong("late.last")).isPositive();
        assertThat(device("dawdling").getInt("repeats.messages")).isZero();
    }

    private void send(String name, int next, int messages) {
        String id = TestDevices.id(name);
        try (DeviceClient client =
                DeviceClient.connect(uri.getPort(), id, TestDevices.token(name), "?epoch=e&next=" + next, null)) {
            client.welcomed();
            for (int i = next; i < next + messages; i++) {
                client.send("[{\"n\":\"a\",\"v\":1}]");
                assertThat(client.nextText()).isEqualTo("{\"ack\":" + i + "}");
            }
        }
    }

    private static JsonPath device(String name) {
        return TestDevices.admin()
                .get("/api/devices/" + TestDevices.id(name))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
