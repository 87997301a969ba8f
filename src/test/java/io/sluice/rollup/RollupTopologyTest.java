package io.sluice.rollup;

import static io.sluice.rollup.RollupRig.T0;
import static io.sluice.rollup.RollupRig.line;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.sluice.presence.PresenceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time model of the architecture, through the topology. */
class RollupTopologyTest {
    @TempDir
    Path state;

    private RollupRig rig;

    @BeforeEach
    void open() {
        rig = new RollupRig(state);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void eachReadingShowsInEveryWindowAtOnce() {
        rig.number("pump-7", "t", 40, 20, 21.5);
        List<RollupRig.Out> out = rig.out();
        assertThat(out)
                .extracting(each -> RollupRig.name(each.key()))
                .containsExactlyInAnyOrder("pump-7 t 1s@0", "pump-7 t 10s@0", "pump-7 t 1m@0");
        assertThat(out).allSatisfy(each -> {
            assertThat(each.item().isFinal()).isFalse();
            assertThat(each.item().mean()).isEqualTo(21.5);
            assertThat(each.arrived()).isEqualTo(T0 + 40);
            assertThat(each.timestamp())
                    .as("wall clock, not the window's start")
                    .isEqualTo(T0 + 1);
        });
    }

    @Test
    void aWindowIsShownTwentyTimesInItsLengthAtMostAndItsLastStateInAnyCase() {
        for (int i = 0; i < 900; i++) {
            rig.number("pump-7", "t", i, i, i);
        }
        rig.pass(Duration.ofSeconds(4));
        Map<String, List<Long>> counts = rig.out().stream()
                .collect(groupingBy(
                        each -> each.key().window(), mapping(each -> each.item().count(), toList())));
        assertThat(counts.get("1s")).hasSizeBetween(18, 20).endsWith(900L);
        assertThat(counts.get("10s")).containsExactly(1L, 501L, 900L);
        assertThat(counts.get("1m")).containsExactly(1L, 900L);
    }

    @Test
    void finalMinutesGoToTheHistoryWithTheirSketches() {
        rig.number("pump-7", "t", 0, 0, 21.5);
        rig.number("pump-7", "t", 30_000, 30_000, 40);
        assertThat(rig.history()).isEmpty();
        rig.number("pump-7", "t", 70_000, 70_000, 21.5);
        assertThat(rig.history()).singleElement().satisfies(stored -> {
            assertThat(RollupTopologyTest.name(stored.key())).isEqualTo("pump-7 t 1m@0");
            RollupItem item = RollupJson.decode(stored.value());
            assertThat(item.isFinal()).isTrue();
            assertThat(item.count()).isEqualTo(2);
            Sketch sketch =
                    Sketch.fromBytes(stored.headers().lastHeader(Sketch.HEADER).value());
            assertThat(sketch.quantile(1)).isCloseTo(40, withPercentage(1));
            assertThat(stored.headers().lastHeader("arrived")).isNotNull();
        });
    }

    @Test
    void textGoesToTheHistoryWithoutASketch() {
        rig.pack("pump-7", 0, line("door", "STRING", 0, "open"));
        rig.pass(Duration.ofSeconds(80));
        assertThat(rig.history()).singleElement().satisfies(stored -> {
            assertThat(RollupJson.decode(stored.value()).lastText()).isEqualTo("open");
            assertThat(stored.headers().lastHeader(Sketch.HEADER)).isNull();
        });
    }

    private static String name(byte[] key) {
        return RollupRig.name(RollupKey.fromBytes(key));
    }

    @Test
    void theStateReachesTheChangelogWithEachCommit() {
        rig.number("pump-7", "t", 40, 20, 21.5);
        assertThat(rig.changelogRecords())
                .as("three windows, the device, the position")
                .isEqualTo(5);
        rig.number("pump-7", "t", 50, 30, 21.5);
        assertThat(rig.changelogRecords()).isEqualTo(5);
    }

    @Test
    void aDeviceFourMinutesAheadDoesNotMakeItsNeighboursLate() {
        rig.number("ahead", "t", 0, 240_000, 1);
        for (int second = 0; second < 130; second++) {
            rig.number("ahead", "t", second * 1_000L, 240_000 + second * 1_000L, 1);
            rig.number("right", "t", second * 1_000L, second * 1_000L, 1);
        }
        assertThat(rig.counters.late.sum()).isZero();
        assertThat(rig.finals())
                .extractingByKey("right t 1m@0")
                .satisfies(item -> assertThat(item.count()).isEqualTo(60));
    }

    @Test
    void aBacklogOfSixHoursInOrderIsAggregatedInFull() {
        long offline = 6 * 3_600_000L;
        rig.number("pump-7", "t", 0, 0, 1);
        rig.pass(Duration.ofSeconds(30));
        for (int minute = 1; minute < 360; minute++) {
            long begin = minute * 60_000L;
            String[] lines = new String[6];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = line("t", "NUMBER", begin + i * 10_000L, "1");
            }
            rig.pack("pump-7", offline + minute, lines);
        }
        assertThat(rig.counters.late.sum()).isZero();
        Map<String, RollupItem> finals = rig.finals();
        for (int minute = 1; minute < 358; minute++) {
            assertThat(finals.get("pump-7 t 1m@" + minute * 60).count()).isEqualTo(6);
        }
    }

    @Test
    void aSilentDevicesLastWindowIsFinalWithinTheGraceAndFiveSeconds() {
        rig.number("pump-7", "t", 500, 500, 1);
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.finals()).isEmpty();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.finals()).containsOnlyKeys("pump-7 t 1s@0");
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.finals()).containsOnlyKeys("pump-7 t 10s@0");
        rig.pass(Duration.ofSeconds(50));
        assertThat(rig.finals()).containsOnlyKeys("pump-7 t 1m@0");
    }

    @Test
    void noWindowClosesByTheWallClockWhileThereIsMoreToRead() {
        rig.unread(1);
        rig.number("pump-7", "t", 500, 500, 1);
        rig.pass(Duration.ofSeconds(120));
        assertThat(rig.finals()).isEmpty();
        rig.unread(0);
        rig.number("pump-7", "t", 600, 600, 2);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.finals().get("pump-7 t 1s@0").count()).isEqualTo(2);
        assertThat(rig.counters.corrected.sum()).isZero();
    }

    @Test
    void noWindowClosesByTheWallClockWhileTheBrokerGivesNoAnswer() {
        rig.brokerAnswers(false);
        rig.number("pump-7", "t", 500, 500, 1);
        rig.pass(Duration.ofSeconds(120));
        assertThat(rig.finals()).isEmpty();
    }

    @Test
    void aRepeatedMessageIsCountedOnce() {
        rig.send("pump-7", 0, "e", "1", line("t", "NUMBER", 0, "1"));
        rig.send("pump-7", 5, "e", "1", line("t", "NUMBER", 0, "1"));
        rig.send("pump-7", 6, "f", "1", line("t", "NUMBER", 1, "1"));
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.finals().get("pump-7 t 1s@0").count()).isEqualTo(2);
        assertThat(rig.counters.duplicates.sum()).isEqualTo(1);
        assertThat(rig.presence())
                .containsExactly(
                        KeyValue.pair("repeats:pump-7", new PresenceRecord.Repeats("pump-7", 1, 1, RollupRig.T0 + 5)));
    }

    @Test
    void metricsInterleaveWithoutMixing() {
        for (int i = 0; i < 10; i++) {
            rig.pack("pump-7", i, line("a", "NUMBER", i, "1"), line("b", "BOOLEAN", i, i % 2 == 0 ? "1" : "0"));
        }
        rig.pass(Duration.ofSeconds(15));
        Map<String, RollupItem> finals = rig.finals();
        assertThat(finals.get("pump-7 a 1s@0").mean()).isEqualTo(1);
        assertThat(finals.get("pump-7 b 1s@0").mean()).isEqualTo(0.5);
        assertThat(finals.get("pump-7 b 1s@0").count()).isEqualTo(10);
    }

    @Test
    void theUnitIsPartOfTheKey() {
        rig.pack("pump-7", 0, "t Cel NUMBER " + T0 + " 20", "t K NUMBER " + T0 + " 293", line("t", "NUMBER", 0, "1"));
        assertThat(rig.out()).hasSize(9);
    }

    @Test
    void textHasCountAndLastAndTheRestIsNotRolledUp() {
        rig.pack(
                "pump-7",
                0,
                line("door", "STRING", 1, "open"),
                line("door", "STRING", 0, "shut"),
                line("blob", "DATA", 0, "0"),
                line("sum", "SUM_ONLY", 0, "0"));
        List<RollupRig.Out> out = rig.out();
        assertThat(out).hasSize(3);
        assertThat(out.get(0).item().lastText()).isEqualTo("open");
        assertThat(out.get(0).item().count()).isEqualTo(2);
        assertThat(rig.counters.skipped.sum()).isEqualTo(2);
    }

    @Test
    void aRecordThatNobodyCanReadIsCountedAndTheNextOneTaken() {
        rig.send("pump-7", 0, "e", "1", "what is this");
        rig.send("pump-7", 0, "e", "2", "throw");
        rig.send("pump-7", 0, "e", "two", line("t", "NUMBER", 0, "1"));
        rig.send("pump 7", 0, "e", "1", line("t", "NUMBER", 0, "1"));
        rig.send("pump-7", 0, "e", "3", line("t", "NUMBER", 0, "1"));
        assertThat(rig.counters.undecodable.sum()).isEqualTo(4);
        assertThat(rig.out()).hasSize(3);
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.finals()).containsKey("pump-7 t 1s@0");
    }

    @Test
    void allWindowsOfADeviceAreInOnePartition() {
        RollupKey one = new RollupKey(RollupKey.Kind.DEVICE, "pump-7", "a", "Cel", "1s", T0);
        RollupKey other = new RollupKey(RollupKey.Kind.DEVICE, "pump-7", "b", null, "1m", 0);
        assertThat(partition(one)).isEqualTo(partition(other));
        assertThat(IntStream.range(0, 100)
                        .map(i -> partition(new RollupKey(RollupKey.Kind.DEVICE, "d" + i, "a", null, "1s", 0)))
                        .distinct())
                .hasSize(12);
    }

    private static int partition(RollupKey key) {
        return RollupTopology.partitionOf(key, 12);
    }
}
