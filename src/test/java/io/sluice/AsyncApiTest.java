package io.sluice;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.sluice.ingest.DeviceClient;
import io.sluice.live.LiveClient;
import io.sluice.local.TopicReader;
import io.sluice.protocol.CloseCode;
import io.sluice.telemetry.RejectCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service says is what {@code docs/asyncapi.yaml} says that it does. */
@QuarkusTest
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_A_WHOLE_MESSAGE = Set.of("malformed", "too-many-records", "too-large");
    private static final String RUN = "async-" + Long.toString(System.nanoTime(), 36);

    private final AsyncApi api;

    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    private String id = "";
    private String token = "";

    AsyncApiTest() throws IOException {
        api = AsyncApi.read();
    }

    @BeforeEach
    void makeADevice() {
        id = RUN + "-" + System.nanoTime();
        token = admin().body("{\"id\":\"" + id + "\",\"group\":\"" + RUN + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void everyTopicAndEndpointHasAChannel() throws Exception {
        Set<String> addresses = new TreeSet<>(Set.of("/ingest", "/live"));
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", broker))) {
            kafka.listTopics().names().get().stream()
                    .filter(name -> !name.startsWith("sluice-rollup-") && !name.startsWith("__"))
                    // Those of other tests.
                    .filter(name -> name.matches("readings.*|presence|rollups.*"))
                    .forEach(addresses::add);
        }
        assertThat(api.addresses()).isEqualTo(addresses);
    }

    @Test
    void codesAreThoseOfTheService() {
        assertThat(api.values("rejectCode"))
                .isEqualTo(Arrays.stream(RejectCode.values())
                        .map(RejectCode::wireName)
                        .collect(Collectors.toSet()));
        assertThat(api.values("closeCode"))
                .isEqualTo(Arrays.stream(CloseCode.values())
                        .map(code -> Integer.toString(code.code()))
                        .collect(Collectors.toSet()));
    }

    /** All but goaway: SendingDevice hears that at a real stop, and holds it to the document, too. */
    @Test
    void devicesHearWhatItSays() throws IOException {
        Set<String> heard = new HashSet<>(Set.of("goaway"));
        String beyondTheRate =
                Stream.generate(() -> "{\"n\":\"a\",\"v\":1}").limit(1_000).collect(joining(",", "[", "]"));
        try (DeviceClient device = connect()) {
            device.send("[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5},{\"n\":\"late\",\"t\":4e9,\"v\":1}]");
            device.send("{\"ping\":1}");
            device.send("[");
            for (int i = 0; i < 6; i++) {
                device.send(beyondTheRate);
            }
            while (!heard.equals(api.frames("deviceFrame"))) {
                JsonNode frame = JSON.readTree(device.nextText());
                api.check("deviceFrame", frame);
                heard.add(frame.fieldNames().next());
            }
        }
    }

    /** All frames but goaway, for which see SessionTest of the room live, and all kinds of items. */
    @Test
    void operatorsHearWhatItSays() throws IOException {
        Set<String> heard = new HashSet<>(Set.of("goaway"));
        Set<String> expected = new HashSet<>(api.frames("liveFrame"));
        expected.addAll(Set.of("rollups of a group", "presence", "rejects"));
        URI live = URI.create("ws://" + service.getAuthority() + "/live");
        try (LiveClient operator = new LiveClient(live);
                DeviceClient device = connect()) {
            String[] commands = {
                "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"groups\":[\"" + RUN + "\"],\"window\":\"10s\"}}",
                "{\"subscribe\":{\"id\":2,\"channel\":\"devices\",\"maxHz\":20}}",
                "{\"subscribe\":{\"id\":3,\"channel\":\"rejects\"}}",
                "{\"subscribe\":{\"id\":4,\"channel\":\"rollups\",\"window\":\"1s\",\"mode\":\"all\"}}",
                "{\"unsubscribe\":{\"id\":4}}",
                "{\"ping\":{}}"
            };
            for (String command : commands) {
                api.check("liveCommand", JSON.readTree(command));
                operator.send(command);
            }
            operator.send("{\"subscribe\":{\"id\":5,\"channel\":\"none\"}}");
            device.send("[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5},{\"n\":\"mode\",\"vs\":\"idle\"}]");
            device.send("[");
            while (!heard.equals(expected)) {
                JsonNode frame = operator.next();
                api.check("liveFrame", frame);
                heard.add(frame.fieldNames().next());
                frame.findValues("items").stream()
                        .flatMap(AsyncApiTest::elements)
                        .forEach(item -> {
                            if (item.has("group")
                                    && item.path("window").asText().equals("10s")) {
                                assertThat(item.has("p99")).isTrue();
                                heard.add("rollups of a group");
                            } else if (item.has("connected")) {
                                heard.add("presence");
                            } else if (item.has("code")) {
                                heard.add("rejects");
                            }
                        });
            }
        }
    }

    @Test
    void topicsHoldWhatItSays() throws IOException {
        try (DeviceClient device = connect()) {
            device.send(
                    "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5,\"s\":3},{\"n\":\"late\",\"t\":4e9,\"v\":1}]");
            device.send("[");
            await().atMost(Duration.ofSeconds(10)).until(() -> device.nextText().startsWith("{\"ack\":2"));
        }
        assertThat(checkAll("readings", "readingHeaders", "resolvedPack")).isPositive();
        assertThat(checkAll("readings.rejected", "rejectedHeaders", "resolvedPack"))
                .isGreaterThan(1);
        assertThat(checkAll("presence", null, "presence")).isPositive();
        await().atMost(Duration.ofSeconds(30)).until(() -> checkAll("rollups", "rollupHeaders", "rollupItem") > 0);
        checkAll("rollups.history", "storedHeaders", "rollupItem");
    }

    /** Other tests' records, too: the more, the better. */
    private int checkAll(String topic, @Nullable String headers, String value) {
        int[] checked = {0};
        try (TopicReader reader = new TopicReader(broker, topic)) {
            reader.readToEnd(message -> {
                checked[0]++;
                ObjectNode given = headers(message);
                if (headers != null) {
                    api.check(headers, given);
                }
                if (message.value() != null
                        && !OF_A_WHOLE_MESSAGE.contains(given.path("code").asText())) {
                    api.check(value, json(message.value()));
                }
            });
        }
        return checked[0];
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static ObjectNode headers(ConsumerRecord<byte[], byte[]> message) {
        ObjectNode headers = JSON.createObjectNode();
        message.headers().forEach(header -> {
            assertThat(headers.has(header.key())).as("twice: %s", header.key()).isFalse();
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        });
        return headers;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new AssertionError(new String(value, StandardCharsets.UTF_8), e);
        }
    }

    private DeviceClient connect() {
        return DeviceClient.connect(service.getPort(), id, token, "", null);
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin").contentType("application/json");
    }
}
