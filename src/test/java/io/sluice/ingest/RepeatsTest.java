package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator sees how many messages of a device were repeats (device protocol section 4). */
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
