package io.sluice.rollup;

import static io.sluice.rollup.RollupRig.T0;
import static io.sluice.rollup.RollupRig.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups through both stages of the topology. */
class GroupRollupsTest {
    private static final List<Window> WINDOWS = List.of(Window.parse("1s"), Window.parse("10s"), Window.parse("1m"));

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
    void aGroupsWindowShowsWhatItsDevicesSentAndNothingOfOthers() {
        rig.belongs("a", "line-3");
        rig.belongs("b", "line-3");
        rig.belongs("c", "line-4");
        rig.number("a", "t", 10, 5, 1);
        rig.number("b", "t", 20, 6, 4);
        rig.number("c", "t", 30, 7, 100);
        rig.number("d", "t", 40, 8, 1_000);
        rig.pass(Duration.ofSeconds(3));
        Map<String, RollupItem> newest = newest();
        RollupItem group = newest.get("line-3 t 1s@0");
        assertThat(group.count()).isEqualTo(2);
        assertThat(group.min()).isEqualTo(1);
        assertThat(group.max()).isEqualTo(4);
        assertThat(group.mean()).isEqualTo(2.5);
        assertThat(group.last()).isEqualTo(4);
        assertThat(group.isFinal()).isFalse();
        assertThat(newest.get("line-4 t 1m@0").mean()).isEqualTo(100);
        assertThat(newest.keySet())
                .filteredOn(name -> !name.startsWith("line-"))
                .isEmpty();
    }

    @Test
    void aRepeatedMessageAddsNothingAndTextHasNoGroups() {
        rig.belongs("a", "line-3");
        rig.send("a", 0, "e", "1", line("t", "NUMBER", 0, "1"));
        rig.send("a", 5, "e", "1", line("t", "NUMBER", 0, "1"));
        rig.send("a", 6, "e", "2", line("door", "STRING", 0, "open"));
        assertThat(newest()).hasSize(3);
        assertThat(newest()).isEmpty();
        rig.pass(Duration.ofSeconds(15));
        assertThat(finals().get("line-3 t 1s@0").count()).isEqualTo(1);
    }

    @Test
    void aGroupsWindowIsFinalWhenItsEndAndItsNewestAdditionAreOverByTheGrace() {
        rig.belongs("a", "line-3");
        rig.belongs("b", "line-3");
        rig.number("a", "t", 500, 500, 1);
        rig.pass(Duration.ofSeconds(9));
        rig.number("b", "t", 9_000, 900, 2);
        rig.pass(Duration.ofSeconds(9));
        assertThat(finals()).doesNotContainKey("line-3 t 1s@0");
        rig.pass(Duration.ofSeconds(2));
        assertThat(finals().get("line-3 t 1s@0").count()).isEqualTo(2);
        assertThat(rig.counters.groupCorrected.sum()).isZero();
    }

    @Test
    void noGroupsWindowIsFinalWhileReadingsWaitOrTheBrokerGivesNoAnswer() {
        rig.belongs("a", "line-3");
        rig.unread(1);
        rig.number("a", "t", 500, 500, 1);
        rig.pass(Duration.ofSeconds(120));
        assertThat(finals()).isEmpty();
        rig.unread(0);
        rig.brokerAnswers(false);
        rig.pass(Duration.ofSeconds(5));
        assertThat(finals()).isEmpty();
        rig.brokerAnswers(true);
        rig.pass(Duration.ofSeconds(2));
        assertThat(finals()).containsKeys("line-3 t 1s@0", "line-3 t 1m@0");
    }

    @Test
    void aDeviceHoursBehindCorrectsWhatWasFinal() {
        rig.belongs("now", "line-3");
        rig.belongs("behind", "line-3");
        rig.number("now", "t", 500, 500, 1);
        rig.pass(Duration.ofHours(2));
        assertThat(finals().get("line-3 t 1s@0").count()).isEqualTo(1);
        long now = Duration.ofHours(2).toMillis();
        rig.number("behind", "t", now, 700, 5);
        rig.number("behind", "t", now + 1, 60_700, 6);
        rig.pass(Duration.ofSeconds(20));
        Map<String, RollupItem> finals = finals();
        assertThat(finals.get("line-3 t 1s@0").count()).isEqualTo(2);
        assertThat(finals.get("line-3 t 1s@0").max()).isEqualTo(5);
        assertThat(finals.get("line-3 t 1s@60").count()).isEqualTo(1);
        assertThat(rig.counters.groupCorrected.sum()).as("1s, 10s, 1m").isEqualTo(3);
        assertThat(rig.counters.groupLate.sum()).isZero();
    }

    @Test
    void whatComesForAWindowThatIsNoLongerKeptIsCountedAndChangesNothing() {
        try (RollupRig small = new RollupRig(state.resolve("small"), new GroupPlan(150_000, 10_000, 1_000))) {
            small.belongs("a", "line-3");
            small.belongs("b", "line-3");
            small.number("a", "t", 500, 500, 1);
            small.pass(Duration.ofSeconds(200));
            small.number("a", "t", 200_000, 200_000, 1);
            small.pass(Duration.ofSeconds(60));
            finals(small);
            small.number("b", "t", 260_000, 600, 1);
            small.pass(Duration.ofSeconds(30));
            assertThat(finals(small))
                    .as("of the longest window, which has not ended for so long")
                    .containsOnlyKeys("line-3 t 1m@0");
            assertThat(small.counters.groupLate.sum()).as("1s, 10s").isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_125})
    void whateverDevicesDoTheGroupsFinalsAreAPlainMergeOfTheirReadings(long seed) {
        Random random = new Random(seed);
        int devices = 6;
        String[] groupOf = new String[devices];
        // in time, ahead, minutes and hours behind: each in its own time, and never silent for the grace, so nothing is
        // late
        long[] clock = {0, 0, 200_000, -300_000, -6 * 3_600_000, 0};
        Map<String, Aggregate> expected = new LinkedHashMap<>();
        long arrival = 0;
        int[] number = new int[devices];
        for (int i = 0; i < 1_500; i++) {
            // The last one was away, and brings all at once what belongs to windows that are final by then.
            int device = i < 1_000 ? random.nextInt(devices - 1) : devices - 1;
            if (i == 1_000) {
                rig.pass(Duration.ofMinutes(2));
                arrival += 120_000;
            }
            if (groupOf[device] == null || random.nextInt(60) == 0) {
                groupOf[device] = "line-" + random.nextInt(2);
                rig.belongs("d" + device, random.nextInt(8) == 0 ? null : groupOf[device]);
            }
            if (random.nextInt(150) == 0) {
                int seconds = 1 + random.nextInt(4);
                rig.pass(Duration.ofSeconds(seconds));
                arrival += seconds * 1_000L;
            }
            number[device]++;
            String[] lines = new String[1 + random.nextInt(3)];
            for (int r = 0; r < lines.length; r++) {
                clock[device] += random.nextInt(1_200);
                long time = clock[device] - random.nextInt(2_000);
                double value = random.nextInt(7) + random.nextGaussian();
                lines[r] = line("m" + r % 2, "NUMBER", time, Double.toString(value));
                String group = rig.groupOf("d" + device);
                if (group != null) {
                    expect(expected, group, "m" + r % 2, time, arrival, value, number[device], r);
                }
            }
            rig.pack("d" + device, arrival, lines);
        }
        rig.pass(Duration.ofMinutes(20)); // beyond what the device ahead has sent

        assertThat(rig.counters.late.sum()).isZero();
        assertThat(rig.counters.groupLate.sum()).isZero();
        assertThat(rig.counters.groupCorrected.sum()).isPositive();
        Map<String, RollupItem> finals = finals();
        assertThat(finals.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, plain) -> {
            RollupItem item = finals.get(name);
            assertThat(item.count()).as(name).isEqualTo(plain.count());
            assertThat(item.min()).as(name).isEqualTo(plain.min());
            assertThat(item.max()).as(name).isEqualTo(plain.max());
            assertThat(item.last()).as(name).isEqualTo(plain.last());
            assertThat(item.mean()).as(name).isCloseTo(plain.mean(), within(1e-9 * (1 + Math.abs(plain.mean()))));
            assertThat((Double) item.p50()).as(name).isEqualTo((Double) plain.quantile(0.5));
            assertThat((Double) item.p99()).as(name).isEqualTo((Double) plain.quantile(0.99));
            assertThat(item.stddev()).as(name).isCloseTo(plain.deviation(), within(1e-9 * (1 + plain.deviation())));
        });
    }

    private static void expect(
            Map<String, Aggregate> expected,
            String group,
            String metric,
            long time,
            long arrival,
            double value,
            int number,
            int index) {
        for (Window window : WINDOWS) {
            long start = window.startOf(T0 + time);
            String name =
                    RollupRig.name(new RollupKey(RollupKey.Kind.GROUP, group, metric, null, window.name(), start));
            expected.computeIfAbsent(name, key -> window.newAggregate())
                    .add(value, (T0 + time) * 1_000, T0 + arrival, number, index);
        }
    }

    /** Of groups, the newest value of each key since the last call. */
    private Map<String, RollupItem> newest() {
        Map<String, RollupItem> newest = new LinkedHashMap<>();
        for (RollupRig.Out each : rig.out()) {
            if (each.item().group() != null) {
                newest.put(RollupRig.name(each.key()), each.item());
            }
        }
        return newest;
    }

    private Map<String, RollupItem> finals() {
        return finals(rig);
    }

    private static Map<String, RollupItem> finals(RollupRig rig) {
        return rig.finals().entrySet().stream()
                .filter(each -> each.getValue().group() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
