package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The first command of the README, from an empty {@code target/} on: start, reload, kill, start again, stop. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DevModeIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration RELOAD = Duration.ofSeconds(25);

    private static Path project;
    private static RunningSluice sluice;

    @BeforeAll
    static void start() throws IOException {
        project = ProjectCopy.into(Path.of("target/dev-mode-it").toAbsolutePath());
        sluice = startDevMode();
    }

    @AfterAll
    static void stop() throws IOException {
        sluice.close();
    }

    @Test
    @Order(1)
    void aFleetMovesOnTheConsoleWithoutAnythingInstalled() throws Exception {
        sluice.awaitReady(START);
        assertThat(sluice.get("http", "/").statusCode()).isEqualTo(200);
        assertThat(sluice.get("https", "/").statusCode()).isEqualTo(200);
        awaitMovingFleet();
        assertThat(sluice.output())
                .contains("admin / admin")
                .contains(sluice.data().resolve("ca.pem").toString());
    }

    @Test
    @Order(2)
    void aChangedSourceIsLiveInSecondsAndTheBrokerStays() throws Exception {
        ProcessHandle broker = sluice.broker().orElseThrow();

        // A shared machine may stand still for a while, but not each time.
        List<Duration> took = new ArrayList<>();
        do {
            took.add(changeSource("Sluice is ready" + " again".repeat(took.size() + 1)));
        } while (took.size() < 3 && Collections.min(took).compareTo(RELOAD) >= 0);

        assertThat(Collections.min(took)).as("the shortest of %s", took).isLessThan(RELOAD);
        assertThat(sluice.broker()).contains(broker);
        assertThat(broker.isAlive()).isTrue();
        awaitMovingFleet();
    }

    /** How long it takes until the service says so. */
    private static Duration changeSource(String welcome) throws IOException {
        Path source = project.resolve("src/main/java/io/sluice/local/LocalWelcome.java");
        Files.writeString(
                source, Files.readString(source).replaceFirst("\"Sluice is ready[ a-z]*\"", "\"" + welcome + "\""));
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            sluice.get("http", "/q/health/ready");
            return sluice.output().contains(welcome);
        });
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    @Order(3)
    void startsAgainAfterKillNineAndHasItsDataStill() throws Exception {
        int devices = sluice.json("/api/devices").get("items").size();
        String brokerAddress = Files.readString(sluice.data().resolve("kafka.address"));

        sluice.kill();
        sluice = startDevMode();
        sluice.awaitReady(START);

        assertThat(sluice.json("/api/devices").get("items")).hasSize(devices);
        assertThat(Files.readString(sluice.data().resolve("kafka.address"))).isEqualTo(brokerAddress);
        awaitMovingFleet();
    }

    @Test
    @Order(4)
    void sigtermStopsEverythingThoughTheBrokerIsDead() throws Exception {
        List<ProcessHandle> all = sluice.all();
        sluice.broker().orElseThrow().destroyForcibly();

        sluice.terminate();

        RunningSluice.awaitGone(all, STOP);
    }

    @Test
    @Order(5)
    void sigtermStopsEverything() throws Exception {
        sluice = startDevMode();
        sluice.awaitReady(START);
        List<ProcessHandle> all = sluice.all();

        sluice.terminate();

        RunningSluice.awaitGone(all, STOP);
    }

    private static RunningSluice startDevMode() throws IOException {
        return RunningSluice.start(
                project,
                project.resolve(".sluice"),
                "admin",
                Map.of("SLUICE_KAFKA_PORT", "19092", "SLUICE_POSTGRESQL_PORT", "19432"),
                List.of(
                        "./mvnw",
                        "-B",
                        "-ntp",
                        "quarkus:dev",
                        "-Ddebug=false",
                        "-Dquarkus.test.continuous-testing=disabled"));
    }

    /** Twenty devices, and a count of theirs that grows: readings go the whole way. */
    private static void awaitMovingFleet() {
        await("a moving fleet")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    String before =
                            sluice.get("https", "/api/rollups/latest?window=1s").body();
                    String after =
                            sluice.get("https", "/api/rollups/latest?window=1s").body();
                    return sluice.json("/api/devices").get("items").size() >= 20
                            && sluice.json("/api/rollups/latest?window=1s")
                                            .get("items")
                                            .size()
                                    >= 20
                            && !before.equals(after);
                });
    }
}
