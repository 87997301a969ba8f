package io.sluice.history;

import static io.sluice.history.Rollups.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.DeviceClient;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Database and broker are stopped under an instance that writes the history: rollups wait on Kafka, none is lost, and the
 * service stops and starts all the same. A second instance, without the role, has no part in it.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryAwayIT {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String GROUP = "sluice-rollup-history";
    private static final int BACKLOG = 3_000;
    private static final long NOW = System.currentTimeMillis() / MINUTE * MINUTE;

    private static ProductionSite site;
    private static RunningSluice service;
    private static RunningSluice other;

    @BeforeAll
    static void start() throws Exception {
        site = ProductionSite.start("history-away-it");
        service = site.run(Map.of("SLUICE_HISTORY_BATCH", "100", "SLUICE_ALLOW_PLAINTEXT", "true"));
        service.awaitReady(READY, "https");
        other = site.run(Map.of("SLUICE_ROLES", "ingest,live"));
        other.awaitReady(READY, "https");
    }

    @AfterAll
    static void stop() throws IOException {
        try (ProductionSite last = site;
                RunningSluice first = service;
                RunningSluice second = other) {
            // closed in reverse
        }
    }

    @Test
    @Order(1)
    void onlyTheInstanceWithTheRoleReadsTheTopic() throws Exception {
        await("a member of the group").atMost(SOON).until(() -> members() > 0);
        put(0, 1);
        await("the rollup in the database").atMost(SOON).until(() -> stored(other) == 1);
        assertThat(members()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void whatADeviceSendsIsAMinuteOfItsHistory() throws Exception {
        JsonNode made = new ObjectMapper()
                .readTree(service.post("/api/devices", "{\"id\":\"made\"}").body());
        try (DeviceClient device =
                DeviceClient.connect(service.port(), "made", made.get("token").asText(), "", null)) {
            device.welcomed();
            // Two minutes in one message, and the device's own time closes the earlier one.
            device.send("[{\"n\":\"t\",\"u\":\"Cel\",\"t\":%d,\"v\":20},{\"n\":\"t\",\"u\":\"Cel\",\"t\":%d,\"v\":22}]"
                    .formatted((NOW - 3 * MINUTE) / 1_000, NOW / 1_000));
            assertThat(device.nextText()).isEqualTo("{\"ack\":1}");
            String question = "/api/rollups?device=made&metric=t&to=" + (NOW - MINUTE);
            await("the minute in the database")
                    .atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(service.json(question).get("items")).hasSize(1));
            JsonNode item = service.json(question).get("items").get(0);
            assertThat(item.get("start").asLong()).isEqualTo(NOW - 3 * MINUTE);
            assertThat(item.get("p99").asDouble()).isEqualTo(20);
            assertThat(item.get("final").asBoolean()).isTrue();
        }
    }

    @Test
    @Order(3)
    void whatComesWhileTheDatabaseIsAwayWaitsAndNothingIsLost() throws Exception {
        site.stopDatabase();
        put(1, BACKLOG);
        await("word of the outage").atMost(SOON).until(() -> service.output().contains("SLUICE07001"));
        // Past 30 s: only then the driver's own timers of the first attempts have their say in the log.
        await("the directory's twelfth attempt, and those of the history meanwhile")
                .atMost(SOON)
                .until(() -> occurrences("SLUICE03002") >= 12);
        assertThat(occurrences("SLUICE07001")).isEqualTo(1);
        assertThat(occurrences("Uncaught")).isZero();
        assertThat(committed()).as("only what the database has").isEqualTo(1);

        site.startDatabaseAgain();
        await("all that waited")
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(stored(service)).isEqualTo(BACKLOG + 1));
        await("its offsets").atMost(SOON).until(() -> committed() == BACKLOG + 1);
        assertThat(occurrences("SLUICE07002")).isEqualTo(1);
        assertThat(metric("sluice_history_failures_total")).isGreaterThan(3);
        assertThat(metric("sluice_history_lag_milliseconds")).isZero();
    }

    @Test
    @Order(4)
    void itStopsAndStartsWithoutABroker() throws Exception {
        site.killBroker();
        service.close();
        service = service.startAgain();
        await("a start without a broker")
                .atMost(READY)
                .ignoreExceptions()
                .until(() -> service.get("https", "/q/health/live").statusCode() == 200);
        site.startBrokerAgain();
        service.awaitReady(READY, "https");
        put(BACKLOG + 1, 1);
        await("the history goes on").atMost(SOON).until(() -> stored(service) == BACKLOG + 2);
    }

    private static void put(int first, int count) {
        try (HistoryTopic topic = new HistoryTopic(site.brokerAddress())) {
            for (int i = first; i < first + count; i++) {
                topic.put(Rollups.of("pump-7", "t", NOW - i * MINUTE, 20, i));
            }
        }
    }

    private static int stored(RunningSluice instance) throws IOException, InterruptedException {
        JsonNode answer = instance.json("/api/rollups?device=pump-7&metric=t&limit=10000&from=0");
        return answer.get("items").size();
    }

    private static double metric(String name) throws IOException, InterruptedException {
        Matcher sample = Pattern.compile("(?m)^" + name + " (\\S+)$")
                .matcher(service.get("https", "/q/metrics").body());
        assertThat(sample.find()).as(name).isTrue();
        return Double.parseDouble(sample.group(1));
    }

    private static long occurrences(String text) throws IOException {
        return service.output().lines().filter(line -> line.contains(text)).count();
    }

    private static int members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.brokerAddress()))) {
            ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(GROUP))
                    .describedGroups()
                    .get(GROUP)
                    .get();
            return group.members().size();
        } catch (ExecutionException notYet) {
            return 0;
        }
    }

    private static long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.brokerAddress()))) {
            var offsets = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var ours = offsets.get(new TopicPartition("rollups.history", 0));
            return ours == null ? 0 : ours.offset();
        }
    }
}
