package io.sluice.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import io.sluice.presence.PresenceRecord.Connected;
import io.sluice.presence.PresenceRecord.Disconnected;
import io.sluice.presence.PresenceRecord.Lease;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live room with the real broker. All tests share it, so each has devices of its own. */
@QuarkusTest
class LiveStreamTest {
    @TestHTTPResource("/live")
    URI http;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    LiveStream stream;

    private URI live;
    private final String device = "live-" + UUID.randomUUID().toString().substring(0, 8);
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void begin() throws Exception {
        live = URI.create("ws://" + http.getAuthority() + http.getPath());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            for (Channel channel : Channel.values()) {
                try {
                    admin.createTopics(List.of(new NewTopic(channel.topic(), 4, (short) 1)))
                            .all()
                            .get(10, TimeUnit.SECONDS);
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(TopicExistsException.class);
                }
            }
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 0, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            for (Channel channel : Channel.values()) {
                if (!stream.desk().board(channel).isCaughtUp()) {
                    return false;
                }
            }
            return true;
        });
    }

    @AfterEach
    void end() {
        producer.close(Duration.ofSeconds(1));
    }

    private void rollup(String of, long start, double value, boolean isFinal) {
        RollupItem item = new RollupItem(
                of,
                null,
                "temperature",
                "Cel",
                "1s",
                start,
                1,
                value,
                value,
                value,
                0,
                value,
                null,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                isFinal);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("rollups", RollupKey.of(item).toBytes(), RollupJson.encode(item));
        record.headers()
                .add("arrived", Long.toString(System.currentTimeMillis()).getBytes(StandardCharsets.US_ASCII));
        producer.send(record);
        producer.flush();
    }

    private void presence(PresenceRecord record) {
        producer.send(new ProducerRecord<>(
                "presence", record.key().getBytes(StandardCharsets.UTF_8), PresenceCodec.encode(record)));
        producer.flush();
    }

    private void awaitOnBoard(int items) {
        Filter filter = new Filter(java.util.Set.of(device), null, null, null);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> stream.desk()
                                .board(Channel.ROLLUPS)
                                .latestFirst(filter, 1_000)
                                .size()
                        == items);
    }

    private String subscribe(int id, String more) {
        return "{\"subscribe\":{\"id\":" + id + ",\"channel\":\"rollups\",\"devices\":[\"" + device + "\"]" + more
                + "}}";
    }

    @Test
    void aSnapshotAndThenWhatChanges() {
        rollup(device, 1_000, 20, false);
        awaitOnBoard(1);
        try (LiveClient client = new LiveClient(live)) {
            assertThat(client.subprotocol()).isEqualTo("sluice.live.v1");
            JsonNode welcome = client.next("welcome");
            assertThat(welcome.get("roles").toString()).isEqualTo("[\"viewer\",\"operator\",\"admin\"]");
            assertThat(welcome.get("windows").toString()).isEqualTo("[\"1s\",\"10s\",\"1m\"]");
            assertThat(welcome.get("lagMs").isIntegralNumber()).isTrue();
            client.send(subscribe(1, ",\"window\":\"1s\",\"maxHz\":20"));
            JsonNode snapshot = client.next("snapshot");
            assertThat(snapshot.get("more").booleanValue()).isFalse();
            assertThat(snapshot.get("items")).hasSize(1);
            assertThat(snapshot.get("items").get(0).get("device").textValue()).isEqualTo(device);
            assertThat(snapshot.get("items").get(0).get("last").doubleValue()).isEqualTo(20);

            rollup(device, 1_000, 21.5, true);
            JsonNode update = client.next("update");
            assertThat(update.get("id").longValue()).isEqualTo(1);
            assertThat(update.get("items").get(0).get("final").booleanValue()).isTrue();
            assertThat(update.get("items").get(0).get("last").doubleValue()).isEqualTo(21.5);

            client.send("{\"ping\":{}}");
            client.next("pong");
            client.send("{\"subscribe\":{\"id\":1,\"channel\":\"rollups\"}}");
            assertThat(client.next("error").get("code").textValue()).isEqualTo("duplicate-id");
        }
    }

    @Test
    void manyChangesBetweenTwoFlushesAreConflated() {
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(subscribe(1, ",\"maxHz\":1"));
            client.next("snapshot");
            for (int i = 1; i <= 50; i++) {
                rollup(device, 1_000, i, false);
            }
            int sent = 0;
            int conflated = 0;
            double last = 0;
            while (last < 50) {
                JsonNode update = client.next("update");
                sent += update.get("items").size();
                conflated += update.get("conflated").intValue();
                last = update.get("items").get(0).get("last").doubleValue();
            }
            assertThat(sent).isLessThan(25);
            assertThat(sent + conflated).isEqualTo(50);
        }
    }

    @Test
    void whatWasMissedIsRecoveredWithSince() {
        String position;
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(subscribe(1, ""));
            client.next("snapshot");
            rollup(device, 1_000, 1, true);
            position = client.next("update").get("position").textValue();
        }
        rollup(device, 2_000, 2, true);
        rollup(device, 3_000, 3, true);
        awaitOnBoard(3);
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(subscribe(1, ",\"since\":\"" + position + "\""));
            JsonNode snapshot = client.next("snapshot");
            assertThat(snapshot.get("recovered").booleanValue()).isTrue();
            assertThat(snapshot.get("items").findValuesAsText("start")).containsExactly("2000", "3000");
            client.send(subscribe(2, ",\"since\":\"gone\""));
            JsonNode full = client.next("snapshot");
            assertThat(full.get("recovered").booleanValue()).isFalse();
            assertThat(full.get("items")).hasSize(3);
        }
    }

    @Test
    void aClientThatDoesNotReadDoesNotDelayAnotherAndIsNotDisconnected() {
        String padding = "x".repeat(20_000);
        try (LiveClient slow = new LiveClient(live);
                LiveClient quick = new LiveClient(live)) {
            slow.next("welcome");
            quick.next("welcome");
            slow.send(subscribe(1, ",\"maxHz\":20"));
            quick.send(subscribe(1, ",\"maxHz\":20"));
            slow.next("snapshot");
            quick.next("snapshot");
            slow.stopReading();
            for (int i = 1; i <= 200; i++) {
                text(i, padding);
                if (i % 10 == 0) {
                    quick.itemsUntil("\"last\":\"" + i + "x");
                }
            }
            assertThat(slow.closeCode()).isZero();
            slow.readOn();
            List<JsonNode> late = slow.itemsUntil("\"last\":\"200x");
            assertThat(late).hasSizeLessThan(200);
            assertThat(slow.closeCode()).isZero();
        }
    }

    /** A text metric, because its value may be long: it fills the kernel's buffers soon. */
    private void text(int number, String padding) {
        RollupItem item = new RollupItem(
                device,
                null,
                "note",
                null,
                "1s",
                1_000,
                1,
                0,
                0,
                0,
                0,
                0,
                number + padding,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                false);
        producer.send(new ProducerRecord<>("rollups", RollupKey.of(item).toBytes(), RollupJson.encode(item)));
        producer.flush();
    }

    @Test
    void presenceFollowsAnnouncementsAndLeases() {
        String instance = "i-" + device;
        long now = System.currentTimeMillis();
        presence(new Lease(instance, now + 60_000));
        presence(new Connected(device, "line-3", "s1", instance, now));
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(
                    "{\"subscribe\":{\"id\":5,\"channel\":\"devices\",\"devices\":[\"" + device + "\"],\"maxHz\":20}}");
            JsonNode snapshot = client.next("snapshot");
            JsonNode item = snapshot.get("items").isEmpty()
                    ? client.next("update").get("items").get(0)
                    : snapshot.get("items").get(0);
            assertThat(item.get("connected").booleanValue()).isTrue();
            assertThat(item.get("group").textValue()).isEqualTo("line-3");
            assertThat(stream.isConnected(device)).isTrue();
            presence(new Disconnected(device, "line-3", "other", instance, now + 1, 1000));
            presence(new Disconnected(device, "line-3", "s1", instance, now + 2, 4408));
            item = client.next("update").get("items").get(0);
            assertThat(item.get("connected").booleanValue()).isFalse();
            assertThat(item.get("closeCode").intValue()).isEqualTo(4408);
        }
    }

    @Test
    void aDeletedDeviceLeavesTheStreamAndPresence() {
        admin().contentType("application/json")
                .body("{\"id\":\"" + device + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201);
        String instance = "i-" + device;
        long now = System.currentTimeMillis();
        presence(new Lease(instance, now + 60_000));
        presence(new Connected(device, null, "s1", instance, now));
        rollup(device, 1_000, 1, true);
        awaitOnBoard(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> stream.isConnected(device));
        admin().delete("/api/devices/{id}", device).then().statusCode(204);
        await().atMost(Duration.ofSeconds(15)).until(() -> !stream.isConnected(device));
        for (Channel channel : List.of(Channel.ROLLUPS, Channel.DEVICES)) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !stream.desk().board(channel).devices().contains(device));
        }
    }

    @Test
    void rejectsAreStreamedAndListed() {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                "readings.rejected",
                device.getBytes(StandardCharsets.UTF_8),
                "[{\"n\":\"t\",\"t\":1,\"v\":812},{\"n\":\"t\",\"t\":2,\"v\":813}]".getBytes(StandardCharsets.UTF_8));
        Map.of("epoch", "e1", "seq", "42", "received", "1763632800000", "code", "out-of-range", "detail", "too \"hot\"")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (LiveClient client = new LiveClient(live)) {
            client.next("welcome");
            client.send(
                    "{\"subscribe\":{\"id\":1,\"channel\":\"rejects\",\"devices\":[\"" + device + "\"],\"maxHz\":20}}");
            client.next("snapshot");
            producer.send(record);
            producer.flush();
            assertThat(client.next("update").get("items").get(0).toString())
                    .isEqualTo("{\"device\":\"" + device + "\",\"epoch\":\"e1\",\"seq\":42,\"code\":\"out-of-range\","
                            + "\"detail\":\"too \\\"hot\\\"\",\"records\":2,\"received\":1763632800000}");
        }
        admin().get("/api/rejects?device=" + device + "&code=out-of-range")
                .then()
                .statusCode(200)
                .body("items.size()", org.hamcrest.Matchers.is(1))
                .body("items[0].records", org.hamcrest.Matchers.is(2))
                .body("items[0].content", org.hamcrest.Matchers.startsWith("[{\"n\":\"t\",\"t\":1,\"v\":812},"))
                .body("items[0].contentType", org.hamcrest.Matchers.is("application/senml+json"))
                .body("items[0].contentBytes", org.hamcrest.Matchers.is(49));
        admin().get("/api/rejects?device=" + device + "&code=malformed")
                .then()
                .body("items.size()", org.hamcrest.Matchers.is(0));
    }

    @Test
    void pollsAreAnsweredByEtagAndWaitForAChange() {
        rollup(device, 1_000, 1, false);
        awaitOnBoard(1);
        String path = "/api/rollups/latest?devices=" + device + "&window=1s";
        Response first = admin().get(path);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.jsonPath().getDouble("items[0].last")).isEqualTo(1);
        String etag = first.header("ETag");
        assertThat(admin().header("If-None-Match", etag).get(path).statusCode()).isEqualTo(304);
        assertThat(admin().header("If-None-Match", etag).get(path + "&wait=1").statusCode())
                .isEqualTo(304);
        Thread change = new Thread(() -> rollup(device, 2_000, 2, false));
        await().pollDelay(Duration.ZERO).until(() -> {
            change.start();
            return true;
        });
        Response changed = admin().header("If-None-Match", etag).get(path + "&wait=30");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.jsonPath().getDouble("items[0].last")).isEqualTo(2);
        assertThat(changed.time()).isLessThan(20_000);
        assertThat(admin().get("/api/rollups/latest?window=7s").statusCode()).isEqualTo(400);
        assertThat(given().get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void theSameFeedAsServerSentEvents() throws Exception {
        rollup(device, 1_000, 1, false);
        awaitOnBoard(1);
        URI events = URI.create(http + "/events?channel=rollups&maxHz=20&devices=" + device);
        HttpURLConnection connection = (HttpURLConnection) events.toURL().openConnection();
        connection.setRequestProperty("Authorization", LiveClient.ADMIN);
        connection.setReadTimeout(10_000);
        String lastId = "";
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(connection.getContentType()).isEqualTo("text/event-stream");
            assertThat(reader.readLine()).startsWith("id: r1.");
            assertThat(reader.readLine()).startsWith("data: {\"snapshot\":{").contains("\"items\":[{");
            assertThat(reader.readLine()).isEmpty();
            rollup(device, 1_000, 2, false);
            lastId = reader.readLine().substring(4);
            assertThat(reader.readLine()).startsWith("data: {\"update\":{").contains("\"last\":2.0");
        } finally {
            connection.disconnect();
        }
        rollup(device, 2_000, 3, false);
        awaitOnBoard(2);
        HttpURLConnection again = (HttpURLConnection) events.toURL().openConnection();
        again.setRequestProperty("Authorization", LiveClient.ADMIN);
        again.setRequestProperty("Last-Event-ID", lastId);
        again.setReadTimeout(10_000);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(again.getInputStream(), StandardCharsets.UTF_8))) {
            reader.readLine();
            assertThat(reader.readLine()).contains("\"recovered\":true").doesNotContain("\"start\":1000");
        } finally {
            again.disconnect();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> stream.sessions() == 0);
    }

    @Test
    void strangersAndForeignPagesAreRefusedBeforeTheUpgrade() {
        assertThat(handshake(null, null)).isEqualTo(401);
        assertThat(handshake("Basic bm9ib2R5Om5vdGhpbmc=", null)).isEqualTo(401);
        assertThat(handshake(LiveClient.ADMIN, "http://evil.example")).isEqualTo(403);
        assertThat(handshake(LiveClient.ADMIN, "http://" + live.getAuthority())).isEqualTo(101);
        given().get("/live").then().statusCode(426).contentType("application/problem+json");
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Authorization", LiveClient.ADMIN)
                        .subprotocols("something.else")
                        .buildAsync(live, new WebSocket.Listener() {})
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    private int handshake(String authorization, String origin) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        if (origin != null) {
            builder.header("Origin", origin);
        }
        try {
            builder.buildAsync(live, new WebSocket.Listener() {}).join().abort();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    private static io.restassured.specification.RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin");
    }
}
