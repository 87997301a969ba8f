package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ingest.DeviceClient;
import io.sluice.ingest.RawSocket;
import io.sluice.ledger.Pair.Device;
import io.sluice.local.RunningSluice;
import io.sluice.presence.PresenceRecord;
import io.sluice.presence.PresenceRecord.Connected;
import io.sluice.presence.PresenceRecord.Disconnected;
import io.sluice.presence.PresenceRecord.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What holds across instances that know each other only by Kafka: who has a device, who is connected, what counts once,
 * and how one of them goes. Each test stands alone; those that end a service come last, to start it less often.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoInstancesIT {
    private static final Duration TAKEOVER = Duration.ofSeconds(5);
    private static final Duration REVOCATION = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(10);

    private static Pair pair;

    @BeforeAll
    static void start() throws Exception {
        pair = Pair.start("two-instances-it");
    }

    @AfterAll
    static void stop() throws IOException {
        pair.close();
    }

    @BeforeEach
    void awaitBoth() throws IOException {
        pair.awaitBoth();
    }

    @Test
    @Order(1)
    void theNewestConnectionHasTheDeviceWhereverItIs() throws Exception {
        Device device = pair.device("moving");
        DeviceClient older = device.connect(pair.a(), "");
        older.welcomed();
        // A welcome does not wait for Kafka: the other one's announcement could come first and lose.
        await("its announcement").atMost(SOON).until(() -> isConnected(device));
        for (RunningSluice next : List.of(pair.b(), pair.a(), pair.b(), pair.b(), pair.a())) {
            DeviceClient newer = device.connect(next, "");
            newer.welcomed();
            assertThat(older.closeCode(TAKEOVER)).isEqualTo(4509);
            assertAnswers(newer);
            older = newer;
        }
        older.close();
    }

    @Test
    @Order(1)
    void howeverTheyRaceTheOneAnnouncedLastLives() throws Exception {
        Random random = new Random(Seed.choose());
        Device device = pair.device("racing");
        Map<String, DeviceClient> open = new HashMap<>();
        try (PresenceTopic presence = new PresenceTopic(pair.broker())) {
            for (int round = 0; round < 20; round++) {
                open.putAll(connectAtOnce(device, 2 + random.nextInt(4), random));
                // One that was overtaken before it was opened is closed unannounced.
                await("all announced or closed").atMost(SOON).until(() -> {
                    List<String> announced = presence.announced(device.id());
                    return open.entrySet().stream()
                            .allMatch(each -> announced.contains(each.getKey())
                                    || each.getValue().closed.isDone());
                });
                List<String> announced = presence.announced(device.id());
                String last = announced.get(announced.size() - 1);
                DeviceClient winner = open.remove(last);
                assertThat(winner)
                        .as("%s, announced last in round %d", last, round)
                        .isNotNull();
                for (DeviceClient loser : open.values()) {
                    assertThat(loser.closeCode(TAKEOVER)).isEqualTo(4509);
                }
                assertAnswers(winner);
                open.clear();
                open.put(last, winner);
            }
            String living = open.keySet().iterator().next();
            await("the living one as all that compaction keeps")
                    .atMost(SOON)
                    .until(() -> presence.connectedAtLast(device.id()).equals(Optional.of(living)));
            assertThat(open.get(living).closed).isNotDone();
        }
        open.values().forEach(DeviceClient::close);
    }

    private static Map<String, DeviceClient> connectAtOnce(Device device, int connections, Random random) {
        List<CompletableFuture<DeviceClient>> handshakes = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            RunningSluice service = random.nextBoolean() ? pair.a() : pair.b();
            var delay = CompletableFuture.delayedExecutor(random.nextInt(12), TimeUnit.MILLISECONDS);
            handshakes.add(CompletableFuture.runAsync(() -> {}, delay)
                    .thenCompose(
                            due -> DeviceClient.connecting(service.port(), device.id(), device.token(), "", null)));
        }
        Map<String, DeviceClient> bySession = new HashMap<>();
        for (CompletableFuture<DeviceClient> handshake : handshakes) {
            DeviceClient client = handshake.join();
            bySession.put(client.welcomed(), client);
        }
        return bySession;
    }

    @Test
    @Order(1)
    void whatIsRevokedOnOneInstanceIsOffTheOtherWithinTwoSeconds() throws Exception {
        Device replaced = pair.device("replaced");
        Device disabled = pair.device("disabled");
        Device deleted = pair.device("deleted");
        DeviceClient byOldToken = connected(replaced);
        DeviceClient switchedOff = connected(disabled);
        DeviceClient gone = connected(deleted);

        assertThat(pair.b().post("/api/devices/replaced/token", "").statusCode())
                .isEqualTo(200);
        assertThat(byOldToken.closeCode(REVOCATION)).isEqualTo(4501);
        assertThat(pair.b().put("/api/devices/disabled", "{\"enabled\":false}").statusCode())
                .isEqualTo(200);
        assertThat(switchedOff.closeCode(REVOCATION)).isEqualTo(4503);
        assertThat(pair.b().delete("/api/devices/deleted").statusCode()).isEqualTo(204);
        assertThat(gone.closeCode(REVOCATION)).isEqualTo(4501);

        assertThat(statusOfHandshake(replaced)).isEqualTo(401);
        assertThat(statusOfHandshake(disabled)).isEqualTo(403);
        assertThat(statusOfHandshake(deleted)).isEqualTo(401);
    }

    @Test
    @Order(1)
    void aChangedRangeJudgesTheNextMessagesWithinTwoSeconds() throws Exception {
        assertThat(pair.b().put("/api/profiles/narrowing", profile(100)).statusCode())
                .isEqualTo(201);
        Device device = pair.device("narrowed");
        assertThat(pair.b()
                        .put("/api/devices/narrowed", "{\"profile\":\"narrowing\"}")
                        .statusCode())
                .isEqualTo(200);
        DeviceClient client = connected(device);
        client.send("[{\"n\":\"t\",\"v\":50}]");
        assertThat(client.nextText()).isEqualTo("{\"ack\":1}");

        assertThat(pair.b().put("/api/profiles/narrowing", profile(10)).statusCode())
                .isEqualTo(200);
        await("the new range").atMost(REVOCATION).until(() -> {
            client.send("[{\"n\":\"t\",\"v\":50}]");
            return client.nextText().contains("\"out-of-range\"");
        });
        client.close();
    }

    private static String profile(int max) {
        return "{\"strict\":false,\"readingsPerSecond\":100,\"burst\":200,"
                + "\"metrics\":[{\"name\":\"t\",\"type\":\"number\",\"max\":" + max + "}]}";
    }

    @Test
    @Order(1)
    void anInstanceForDevicesServesNothingElse() throws Exception {
        for (String path :
                List.of("/", "/api/devices", "/api/session", "/live", "/live/events?window=none", "/q/openapi")) {
            assertThat(pair.a().get("https", path).statusCode()).as(path).isEqualTo(404);
            assertThat(pair.b().get("https", path).statusCode()).as(path).isNotEqualTo(404);
        }
        assertThat(pair.a()
                        .post("/api/session", "{\"name\":\"admin\",\"password\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics")) {
            assertThat(pair.a().get("https", path).statusCode()).as(path).isEqualTo(200);
        }
    }

    private static DeviceClient connected(Device device) {
        DeviceClient client = device.connect(pair.a(), "");
        client.welcomed();
        return client;
    }

    private static int statusOfHandshake(Device device) throws IOException {
        try (RawSocket raw = new RawSocket(pair.a().port())) {
            return Integer.parseInt(raw.request(device.handshake()).split(" ")[1]);
        }
    }

    @Test
    @Order(1)
    void everyConnectionIsAnnouncedAndEveryEndSaysWhoseAndHow() throws Exception {
        Device device = pair.device("announced");
        try (PresenceTopic presence = new PresenceTopic(pair.broker())) {
            DeviceClient takenOver = device.connect(pair.a(), "");
            String first = takenOver.welcomed();
            await("on the topic")
                    .atMost(SOON)
                    .until(() -> presence.announced(device.id()).contains(first));
            DeviceClient leaving = device.connect(pair.b(), "");
            assertThat(takenOver.closeCode(TAKEOVER)).isEqualTo(4509);
            leaving.close();
            DeviceClient switchedOff = device.connect(pair.a(), "");
            String second = leaving.welcomed();
            String third = switchedOff.welcomed();
            await("three announcements")
                    .atMost(SOON)
                    .until(() -> presence.announced(device.id()).containsAll(List.of(first, second, third)));
            pair.b().put("/api/devices/announced", "{\"enabled\":false}");
            assertThat(switchedOff.closeCode()).isEqualTo(4503);

            await("three ends").atMost(SOON).untilAsserted(() -> {
                assertThat(presence.ends(first))
                        .extracting(Disconnected::closeCode)
                        .containsExactly(4509);
                assertThat(presence.ends(second))
                        .extracting(Disconnected::closeCode)
                        .containsExactly(1000);
                assertThat(presence.ends(third))
                        .extracting(Disconnected::closeCode)
                        .containsExactly(4503);
            });
            for (String session : List.of(first, second, third)) {
                List<PresenceRecord> told = presence.of(device.id());
                assertThat(told.indexOf(presence.ends(session).get(0)))
                        .isGreaterThan(indexOfAnnouncement(told, session));
            }
            for (String session : List.of(first, second)) {
                assertThat(presence.leases(session)).isNotEmpty();
                assertThat(last(presence.leases(session)).untilMs()).isGreaterThan(System.currentTimeMillis());
            }
        }
    }

    private static int indexOfAnnouncement(List<PresenceRecord> told, String session) {
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i) instanceof Connected connected
                    && connected.session().equals(session)) {
                return i;
            }
        }
        throw new AssertionError(session + " was not announced");
    }

    @Test
    @Order(1)
    void whatBothInstancesTookCountsOnce() throws Exception {
        Random random = new Random(Seed.choose());
        Device device = pair.device("hopping");
        int messages = 400;
        long second = System.currentTimeMillis() / 1_000;
        long acknowledged = 0;
        DeviceClient before = null;
        for (int visit = 0; acknowledged < messages; visit++) {
            // As if the acknowledgements had been lost, now and then.
            long next = visit == 1 || random.nextInt(3) == 0 ? 1 : acknowledged + 1;
            DeviceClient client = device.connect(visit % 2 == 0 ? pair.a() : pair.b(), "?epoch=hops&next=" + next);
            client.welcomed();
            if (before != null) {
                assertThat(before.closeCode(TAKEOVER)).isEqualTo(4509);
            }
            long upTo = Math.min(messages, acknowledged + 20 + random.nextInt(80));
            for (long seq = next; seq <= upTo; seq++) {
                client.send("[{\"n\":\"n\",\"t\":%d.%03d,\"v\":%d}]".formatted(second, seq, seq));
            }
            long enough = visit == 0 || random.nextBoolean() ? upTo : next + random.nextLong(upTo - next + 1);
            acknowledged = Math.max(acknowledged, awaitAck(client, enough));
            before = client;
        }
        before.send("[{\"n\":\"end\",\"t\":%d.999,\"v\":0}]".formatted(second));
        awaitAck(before, messages + 1);
        before.close();

        StoredMessages stored = StoredMessages.read(pair.broker(), "readings", device.id()::equals);
        stored.assertFirstOccurrencesInOrder();
        assertThat(stored.numbers(device.id()).stream().distinct()).containsExactlyElementsOf(numbers(1, messages + 1));
        assertThat(stored.repetitions()).isPositive();
        // It came after all the others, so they are counted when it is.
        await("the last message's rollup")
                .atMost(GRACE)
                .until(() -> !rollup(device, "end").isEmpty());
        JsonNode item = rollup(device, "n").get(0);
        assertThat(item.get("start").asLong()).isEqualTo(second * 1_000);
        assertThat(item.get("count").asLong()).as(item.toString()).isEqualTo(messages);
        assertThat(item.get("mean").asDouble()).isEqualTo((messages + 1) / 2.0);
    }

    private static JsonNode rollup(Device device, String metric) throws Exception {
        return pair.b()
                .json("/api/rollups/latest?window=1s&devices=" + device.id() + "&metrics=" + metric)
                .get("items");
    }

    @Test
    @Order(2)
    void withTheBrokerDeadTheNewestStillWinsAndAStopIsBounded() throws Exception {
        Device device = pair.device("stranded");
        DeviceClient older = device.connect(pair.a(), "?epoch=e");
        older.welcomed();
        older.send("[{\"n\":\"n\",\"v\":1}]");
        awaitAck(older, 1);
        pair.site().killBroker();

        DeviceClient newer = device.connect(pair.a(), "?epoch=e&next=2");
        newer.welcomed();
        assertThat(older.closeCode(Duration.ofSeconds(1))).isEqualTo(4509);
        for (int seq = 2; seq <= 5; seq++) {
            newer.send("[{\"n\":\"n\",\"v\":1}]");
        }

        long begun = System.nanoTime();
        pair.a().terminate();
        assertThat(newer.nextText()).startsWith("{\"goaway\":");
        assertThat(newer.closeCode(GRACE)).isEqualTo(1012);
        assertThat(newer.texts).as("told of what no broker took").isEmpty();
        System.out.println("stopped without a broker in " + pair.awaitEndOfA(begun, GRACE));

        pair.site().startBrokerAgain();
        DeviceClient elsewhere = device.connect(pair.b(), "?epoch=e&next=2");
        elsewhere.welcomed();
        for (int seq = 2; seq <= 6; seq++) {
            elsewhere.send("[{\"n\":\"n\",\"v\":1}]");
        }
        awaitAck(elsewhere, 6);
        elsewhere.close();
        StoredMessages stored = StoredMessages.read(pair.broker(), "readings", device.id()::equals);
        stored.assertFirstOccurrencesInOrder();
        assertThat(stored.numbers(device.id()).stream().distinct()).containsExactlyElementsOf(numbers(1, 6));
    }

    @Test
    @Order(3)
    void aStopSendsDevicesAwayAcknowledgesWhatItTookAndTakesNoMore() throws Exception {
        Map<Device, SendingDevice> fleet = new HashMap<>();
        Map<Device, String> sessions = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            Device device = pair.device("draining-" + i);
            DeviceClient client = device.connect(pair.a(), "?epoch=e");
            sessions.put(device, client.welcomed());
            fleet.put(device, new SendingDevice(client));
        }
        await("flow").atMost(SOON).until(() -> fleet.values().stream().allMatch(each -> each.acknowledged() > 50));
        try (Storm storm = new Storm(pair.a().port(), pair.device("storming"));
                PresenceTopic presence = new PresenceTopic(pair.broker())) {
            await("storm").atMost(SOON).until(() -> storm.connections() > 20);
            long begun = System.nanoTime();
            pair.a().terminate();
            assertThat(storm.awaitRefusal()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nretry-after: ");
            try (RawSocket probe = new RawSocket(pair.a().port())) {
                assertThat(probe.request("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\n"))
                        .startsWith("HTTP/1.1 503 ");
            }
            System.out.println("drained in " + pair.awaitEndOfA(begun, GRACE));

            List<Integer> codes = storm.closeCodes();
            assertThat(codes).containsOnly(4509, 1012);
            assertThat(last(codes)).isEqualTo(1012);
            assertSentAway(fleet);
            for (String session : sessions.values()) {
                assertThat(presence.ends(session))
                        .extracting(Disconnected::closeCode)
                        .containsExactly(1012);
            }
            Lease goodBye = last(presence.leases(sessions.values().iterator().next()));
            assertThat(goodBye.untilMs()).isLessThanOrEqualTo(System.currentTimeMillis());
        }
    }

    private static void assertSentAway(Map<Device, SendingDevice> fleet) throws IOException {
        StoredMessages stored = StoredMessages.read(pair.broker(), "readings", id -> id.startsWith("draining-"));
        List<Long> away = new ArrayList<>();
        for (Map.Entry<Device, SendingDevice> each : fleet.entrySet()) {
            SendingDevice device = each.getValue();
            assertThat(device.awaitClose()).isEqualTo(1012);
            assertThat(device.reconnectAfterMs()).hasSize(1);
            away.addAll(device.reconnectAfterMs());
            // What is on the topic was acknowledged to the last, and nothing else was.
            assertThat(stored.numbers(each.getKey().id())).containsExactlyElementsOf(numbers(1, device.acknowledged()));
        }
        assertThat(away).allMatch(ms -> ms >= 1_000 && ms <= 16_000);
        assertThat(away.stream().distinct().count()).as("spread: %s", away).isGreaterThan(1);
    }

    @Test
    @Order(4)
    void aKilledInstancesDevicesAreGoneWhenItsLeaseIsOver() throws Exception {
        Device silent = pair.device("killed");
        Device returning = pair.device("returning");
        DeviceClient lost = silent.connect(pair.a(), "");
        String session = lost.welcomed();
        returning.connect(pair.a(), "").welcomed();
        await("both connected").atMost(SOON).until(() -> isConnected(silent) && isConnected(returning));

        pair.a().kill();
        DeviceClient back = returning.connect(pair.b(), "");
        back.welcomed();

        await("the lease's end").atMost(Pair.LEASE.plus(SOON)).until(() -> !isConnected(silent));
        assertThat(isConnected(returning)).isTrue();
        try (PresenceTopic presence = new PresenceTopic(pair.broker())) {
            assertThat(presence.ends(session)).as("nobody is left to say it").isEmpty();
            assertThat(last(presence.leases(session)).untilMs()).isLessThan(System.currentTimeMillis());
        }
        back.close();
    }

    @Test
    @Order(5)
    void aStopWithNobodyToSendAwayStillRefusesWhoComes() throws Exception {
        Device late = pair.device("late");
        pair.b().terminate();
        await("not ready")
                .pollDelay(Duration.ZERO)
                .atMost(SOON)
                .until(() -> ask("GET /q/health/ready HTTP/1.1\r\nHost: b\r\n").startsWith("HTTP/1.1 503 "));
        assertThat(ask(late.handshake()))
                .startsWith("HTTP/1.1 503 ")
                .containsIgnoringCase("\r\nretry-after: ")
                .contains("application/problem+json");
    }

    private static String ask(String head) throws IOException {
        try (RawSocket raw = new RawSocket(pair.b().port())) {
            return raw.request(head);
        }
    }

    private static boolean isConnected(Device device) throws Exception {
        return pair.b().json("/api/devices/" + device.id()).get("connected").asBoolean();
    }

    private static void assertAnswers(DeviceClient client) {
        client.send("[{\"n\":\"n\",\"v\":1}]");
        assertThat(client.nextText()).startsWith("{\"ack\":");
    }

    /** Reads on until that much is acknowledged, and answers how much is. */
    private static long awaitAck(DeviceClient client, long enough) {
        while (true) {
            String told = client.nextText();
            if (!told.startsWith("{\"slowdown\":")) {
                assertThat(told).startsWith("{\"ack\":");
                long acknowledged = Long.parseLong(told.substring(7, told.length() - 1));
                if (acknowledged >= enough) {
                    return acknowledged;
                }
            }
        }
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
