package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.local.LocalServers;
import io.sluice.local.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals after a process, and after the broker, went away in the middle equal those of an undisturbed run. */
@Tag("slow")
class RollupFailoverIT {
    private static final int DEVICES = 8;
    private static final int SECONDS = 40;
    private static final int PER_SECOND = 20;
    private static final String GROUP = "d-all";

    @TempDir
    Path folder;

    private final List<Process> members = new ArrayList<>();
    private final Map<String, List<Long>> finals = new TreeMap<>();
    /** The newest final value of each of the group's windows; an earlier one may have been corrected. */
    private final Map<String, RollupItem> groupFinals = new TreeMap<>();

    private final long begin = System.currentTimeMillis() / 10_000 * 10_000 - 60_000;
    private LocalServers servers;
    private ServerProcess broker;
    private @Nullable StreamsRun run;

    @BeforeEach
    void startBroker() {
        servers = new LocalServers(folder.resolve("servers"));
        broker = servers.startBroker(0);
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process each : members) {
            each.destroyForcibly().waitFor();
        }
        if (run != null) {
            run.close();
        }
        broker.close();
    }

    @Test
    void aKilledProcessesWorkIsTakenOverWithoutLossOrRepetition() throws Exception {
        try (KafkaRollups topics = new KafkaRollups(broker.address())) {
            topics.ensureTopics(4);
            Process doomed = member("a");
            member("b");
            sendSeconds(topics, 0, SECONDS / 2);
            awaitFinals(topics, DEVICES);
            sendSeconds(topics, SECONDS / 2, SECONDS * 3 / 4);
            doomed.destroyForcibly().waitFor();
            sendSeconds(topics, SECONDS * 3 / 4, SECONDS);
            awaitFinals(topics, DEVICES * (SECONDS + SECONDS / 10));
            assertGroupsTotals(topics);
        }
        assertTotals();
    }

    @Test
    void aBrokersRestartCostsNothingAndADeadOneDoesNotHoldUpTheStop() throws Exception {
        StreamsRun started = RollupMember.start(broker.address(), folder.resolve("state"));
        run = started;
        try (KafkaRollups topics = new KafkaRollups(broker.address())) {
            topics.ensureTopics(4);
            sendSeconds(topics, 0, SECONDS / 2);
            awaitFinals(topics, DEVICES);
            sendSeconds(topics, SECONDS / 2, SECONDS * 3 / 4);
            String address = broker.address();
            broker.close();
            broker = servers.startBroker(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
            assertThat(broker.address()).isEqualTo(address);
            sendSeconds(topics, SECONDS * 3 / 4, SECONDS);
            awaitFinals(topics, DEVICES * (SECONDS + SECONDS / 10));
            assertGroupsTotals(topics);
        }
        assertTotals();
        broker.close();
        long stopping = System.nanoTime();
        run = null;
        started.close();
        assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(4));
    }

    private Process member(String name) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classes,
                        RollupMember.class.getName(),
                        broker.address(),
                        folder.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        Process started = builder.start();
        members.add(started);
        return started;
    }

    /** All devices' readings of those seconds of event time, ten times faster, every tenth message twice. */
    private void sendSeconds(KafkaRollups topics, int from, int to) throws InterruptedException {
        for (int n = from * PER_SECOND; n < to * PER_SECOND; n++) {
            for (int device = 0; device < DEVICES; device++) {
                long time = begin + n * 1_000L / PER_SECOND;
                topics.send("d" + device, GROUP, n + 1, time, n);
                if (n % 10 == 0) {
                    topics.send("d" + device, GROUP, n + 1, time, n);
                }
            }
            Thread.sleep(5); // paces the arrival; nothing waits for it
        }
    }

    private void awaitFinals(KafkaRollups topics, int count) {
        try {
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> {
                        takeFinals(topics);
                        return finals.size() >= count;
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%d of %d finals came. %s. Not there: %s"
                            .formatted(finals.size(), count, topics.progress(), missing()),
                    e);
        }
    }

    private void takeFinals(KafkaRollups topics) {
        for (RollupItem item : topics.poll("d")) {
            if (GROUP.equals(item.group())) {
                takeGroup(item);
            } else if (item.isFinal()) {
                long second = (item.start() - begin) / 1_000;
                finals.computeIfAbsent(key(item.device(), item.window(), second), name -> new ArrayList<>())
                        .add(item.count());
            }
        }
    }

    private void takeGroup(RollupItem item) {
        String key = key(item.group(), item.window(), (item.start() - begin) / 1_000);
        if (item.isFinal()) {
            groupFinals.put(key, item);
        } else {
            groupFinals.remove(key);
        }
    }

    private void assertGroupsTotals(KafkaRollups topics) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    takeFinals(topics);
                    assertThat(groupFinals).hasSize(SECONDS + SECONDS / 10);
                    groupFinals.forEach((key, item) -> assertThat(item.count())
                            .as(key)
                            .isEqualTo(DEVICES * (key.contains(" 1s@") ? (long) PER_SECOND : 10L * PER_SECOND)));
                });
    }

    private static String key(@Nullable String device, String window, long second) {
        return device + ' ' + window + '@' + second;
    }

    /** Of all that the whole run is to bring, how many of each device and the first, so that a dead partition shows. */
    private String missing() {
        StringJoiner told = new StringJoiner(", ");
        for (int device = 0; device < DEVICES; device++) {
            String name = "d" + device;
            List<String> gone = IntStream.range(0, SECONDS)
                    .mapToObj(second -> second % 10 == 0
                            ? Stream.of(key(name, "1s", second), key(name, "10s", second))
                            : Stream.of(key(name, "1s", second)))
                    .flatMap(keys -> keys)
                    .filter(key -> !finals.containsKey(key))
                    .toList();
            if (!gone.isEmpty()) {
                told.add(gone.size() + " from " + gone.get(0));
            }
        }
        return told.toString();
    }

    private void assertTotals() {
        assertThat(finals).hasSize(DEVICES * (SECONDS + SECONDS / 10));
        finals.forEach((key, counts) -> assertThat(counts)
                .as(key)
                .containsExactly(key.contains(" 1s@") ? (long) PER_SECOND : 10L * PER_SECOND));
    }
}
