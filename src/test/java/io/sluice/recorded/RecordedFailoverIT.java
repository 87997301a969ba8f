package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.FaultyNetwork;
import io.sluice.live.EventsClient;
import io.sluice.live.LiveClient;
import io.sluice.local.DevicesSim;
import io.sluice.local.DevicesSim.Fleet;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The recorded pump through two services that share broker and database, one of which is killed with {@code kill -9} in
 * the midst of it. However one then looks at the final minutes of devices and of their group, they are what a plain
 * calculation over the file gives; and who watched the killed service goes on at the other one and misses nothing.
 */
@Tag("recorded")
class RecordedFailoverIT {
    private static final String WINDOW = "1m";
    private static final Duration LENGTH = Duration.ofMinutes(1);
    private static final Duration READY = Duration.ofSeconds(180);
    /** The length, the grace, the session of the killed one, and both stages behind it. */
    private static final Duration FINAL = LENGTH.plusSeconds(90);

    private static final String AUTHORIZATION = "Basic "
            + Base64.getEncoder().encodeToString(("admin:" + ProductionSite.PASSWORD).getBytes(StandardCharsets.UTF_8));

    private static final SeenWindows byMovedSocket = new SeenWindows();
    private static final SeenWindows byMovedEvents = new SeenWindows();
    private static final SeenWindows bySocket = new SeenWindows();

    private static ProductionSite site;
    private static RunningSluice killed;
    private static RunningSluice survivor;
    private static LiveClient socket;
    private static LiveClient movedSocket;
    private static EventsClient movedEvents;
    private static Replay replay;
    private static PlainWindows expected;

    @BeforeAll
    static void send() throws Exception {
        Recording recording = ReplayPlan.PUMP.read();
        site = ProductionSite.start("recorded-failover-it");
        Map<String, String> environment = Map.of(
                "SLUICE_ALLOW_PLAINTEXT",
                "true",
                "SLUICE_KAFKA_PARTITIONS",
                "4",
                "SLUICE_INGEST_DEVICE_ATTEMPTS_PER_MINUTE",
                "1000");
        killed = site.run(environment);
        survivor = site.run(environment);
        killed.awaitReady(READY, "https");
        DevicesSim simulator = DevicesSim.of(site);
        ReplayPlan.PUMP.provision(simulator, killed);
        survivor.awaitReady(READY, "https");
        simulator.awaitKnown(survivor);
        LiveClient before = socketTo(killed, null);
        EventsClient eventsBefore = eventsOf(killed, null);
        socket = socketTo(survivor, null);
        try (FaultyNetwork balancer = FaultyNetwork.balancing(killed.securePort(), survivor.securePort());
                Fleet fleet = ReplayPlan.PUMP.send(simulator, balancer.url())) {
            await("half of it")
                    .atMost(ReplayPlan.PUMP.limit())
                    .until(() -> fleet.progress().acknowledged() > recording.rows() / 2);
            killed.kill();
            System.out.println("killed after " + fleet.progress());
            move(before, eventsBefore);
            replay = Replay.of(ReplayPlan.PUMP, recording, fleet, site.brokerAddress());
        }
        List<PlainWindows.Reading> readings = replay.inFile();
        expected = PlainWindows.ofDevices(readings, WINDOW, LENGTH)
                .and(PlainWindows.ofGroup(ReplayPlan.PUMP.group(), readings, WINDOW, LENGTH));
    }

    /** As a browser does when its connection breaks. */
    private static void move(LiveClient before, EventsClient eventsBefore) throws Exception {
        byMovedSocket.take(before.untilItsEnd(READY));
        byMovedEvents.take(eventsBefore.untilItsEnd(READY));
        movedSocket = socketTo(survivor, Objects.requireNonNull(byMovedSocket.position()));
        movedEvents = eventsOf(survivor, Objects.requireNonNull(eventsBefore.lastEventId()));
        for (JsonNode first : List.of(movedSocket.next(), movedEvents.next())) {
            assertThat(first.at("/snapshot/recovered").asBoolean())
                    .as("recovered, in %s", abbreviated(first))
                    .isTrue();
            (first.at("/snapshot/id").asInt() == 1 ? byMovedEvents : byMovedSocket).take(first);
        }
    }

    private static String abbreviated(JsonNode frame) {
        String text = frame.toString();
        return text.substring(0, Math.min(200, text.length()));
    }

    private static LiveClient socketTo(RunningSluice service, @Nullable String since) {
        LiveClient client = new LiveClient(
                URI.create("ws://localhost:" + service.port() + "/live"), "Authorization", AUTHORIZATION);
        assertThat(client.next().has("welcome")).isTrue();
        client.send("{\"subscribe\":{\"id\":2,\"channel\":\"rollups\",\"window\":\"" + WINDOW + "\",\"mode\":\"all\""
                + (since == null ? "" : ",\"since\":\"" + since + "\"") + "}}");
        return client;
    }

    private static EventsClient eventsOf(RunningSluice service, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        String path = "/live/events?channel=rollups&mode=all&window=" + WINDOW;
        return new EventsClient(URI.create(service.url("http", path)), AUTHORIZATION, lastEventId);
    }

    @AfterAll
    static void stop() throws IOException {
        try (ProductionSite servers = site) {
            for (AutoCloseable each : new AutoCloseable[] {socket, movedSocket, movedEvents}) {
                closeQuietly(each);
            }
            if (killed != null) {
                killed.close();
            }
            if (survivor != null) {
                survivor.close();
            }
        }
    }

    private static void closeQuietly(AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingIsRejected() {
        replay.assertNothingRejected();
    }

    @Test
    void acknowledgedMessagesAreTheRowsAndWhatIsStored() {
        replay.assertAcknowledgedIsWhatIsStored();
    }

    @Test
    void whoWatchedTheSurvivorKnowsTheFinalMinutes() {
        awaitFinal(() -> bySocket.take(socket.came()), bySocket);
    }

    @Test
    void whoCameFromTheKilledOneMissedNothing() {
        awaitFinal(() -> byMovedSocket.take(movedSocket.came()), byMovedSocket);
    }

    @Test
    void soDidWhoFollowsByEvents() {
        awaitFinal(() -> byMovedEvents.take(movedEvents.came()), byMovedEvents);
    }

    @Test
    void whatIsStoredIsTheSame() throws Exception {
        StoredMinutes stored = new StoredMinutes(survivor, AUTHORIZATION);
        await("stored minutes")
                .atMost(FINAL)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> expected.assertAre(stored.of(expected.rollups().keySet())));
    }

    private static void awaitFinal(Runnable look, SeenWindows seen) {
        await("final windows of " + WINDOW)
                .atMost(FINAL)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    look.run();
                    expected.assertAre(seen.items());
                });
    }
}
