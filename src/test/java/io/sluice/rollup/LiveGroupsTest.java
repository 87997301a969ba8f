package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups' windows over their store: what is bounded, and that a crash costs nothing. */
class LiveGroupsTest {
    private static final long NOW = 1_763_632_800_000L;
    private static final RollupPlan PLAN =
            new RollupPlan(List.of(Window.parse("1s"), Window.parse("10s")), 10_000, 1_000, 100);

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("x").get();
    private final RollupCounters counters = new RollupCounters();
    private final List<String> announced = new ArrayList<>();
    private final Map<String, Long> finals = new TreeMap<>();

    private LiveGroups groups(int reachSeconds, int maxWindows, int maxOpen) {
        return new LiveGroups(store, PLAN, new GroupPlan(reachSeconds * 1_000L, maxWindows, maxOpen), counters);
    }

    private void announce(String group, OpenWindow window, boolean isFinal) {
        String name = group + " " + window.window.name() + "@" + (window.start - NOW) / 1_000;
        announced.add(name + (isFinal ? "!" : ""));
        if (isFinal) {
            finals.put(name, window.aggregate.count());
        }
    }

    /** One reading at that time, which is also that of its arrival, into the window of 1 s or 10 s. */
    private static void add(LiveGroups groups, String group, String window, long time) {
        add(groups, group, "t", window, time);
    }

    private static void add(LiveGroups groups, String group, String metric, String window, long time) {
        Aggregate aggregate = new Aggregate();
        aggregate.add(1, time, time, 1, 0);
        long start = Window.parse(window).startOf(NOW + time);
        groups.take(
                new RollupKey(RollupKey.Kind.GROUP, group, metric, "Cel", window, start),
                new Addition(aggregate, NOW + time),
                NOW + time);
    }

    @Test
    void anInterimValueGoesOutWhenShownAndTheFinalOneOnce() {
        LiveGroups groups = groups(100, 100, 100);
        add(groups, "g", "1s", 0);
        add(groups, "g", "1s", 1);
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        groups.settle(NOW + 10_999, this::announce);
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        assertThat(announced).containsExactly("g 1s@0");
        groups.settle(NOW + 11_000, this::announce);
        groups.settle(NOW + 12_000, this::announce);
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        assertThat(announced).containsExactly("g 1s@0", "g 1s@0!");
        assertThat(groups.onHeap()).isZero();
    }

    @Test
    void onlyWhatIsNotFinalIsOnTheHeapAndARestartFindsIt() {
        LiveGroups groups = groups(100, 100, 100);
        add(groups, "g", "1s", 0);
        add(groups, "g", "10s", 0);
        groups.settle(NOW + 11_000, this::announce);
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        LiveGroups again = groups(100, 100, 100);
        assertThat(again.onHeap()).isEqualTo(1);
        assertThat(again.kept()).isEqualTo(2);
        again.settle(NOW + 20_000, this::announce);
        assertThat(finals).containsOnlyKeys("g 1s@0", "g 10s@0");
    }

    @Test
    void tooManyOpenWindowsMakeThoseAddedToLongestAgoFinalAndACorrectionMayFollow() {
        LiveGroups groups = groups(100, 100, 3);
        for (int i = 0; i < 5; i++) {
            add(groups, "g" + i, "1s", i);
        }
        add(groups, "g0", "1s", 9);
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        assertThat(finals).containsOnlyKeys("g1 1s@0", "g2 1s@0");
        assertThat(counters.groupHurried.sum()).isEqualTo(2);
        assertThat(groups.onHeap()).isEqualTo(3);
        add(groups, "g1", "1s", 10);
        assertThat(counters.groupCorrected.sum()).isEqualTo(1);
        groups.settle(NOW + 60_000, this::announce);
        assertThat(finals).containsEntry("g1 1s@0", 2L).containsEntry("g0 1s@0", 2L);
    }

    @Test
    void tooManyWindowsPushOutTheOldestOfTheLengthThatHasMost() {
        LiveGroups groups = groups(100_000, 64, 64);
        add(groups, "g", "10s", 0);
        for (int second = 0; second < 200; second++) {
            add(groups, "g", "1s", second * 1_000L);
            groups.show(this::announce, NOW);
            groups.save(this::announce);
            assertThat(groups.kept()).isLessThanOrEqualTo(64);
        }
        assertThat(finals).as("made final before they went").containsEntry("g 1s@0", 1L);
        add(groups, "g", "1s", 0);
        assertThat(counters.groupLate.sum()).isEqualTo(1);
        add(groups, "g", "10s", 1);
        assertThat(counters.groupLate.sum()).as("10 s has room").isEqualTo(1);
        LiveGroups again = groups(100_000, 64, 64);
        add(again, "g", "1s", 0);
        assertThat(counters.groupLate.sum()).as("survives a restart").isEqualTo(2);
    }

    @Test
    void nothingIsShownBehindTheFinalValueOfAWindowThatWasPushedOut() {
        LiveGroups groups = groups(100_000, 64, 64);
        for (int second = 0; second < 100; second++) {
            add(groups, "g", "1s", second * 1_000L);
        }
        groups.save(this::announce);
        groups.show(this::announce, NOW);
        assertThat(finals).isNotEmpty();
        assertThat(announced).doesNotContainAnyElementsOf(finals.keySet());
    }

    @Test
    void aGroupWithEverNewMetricsPushesItsOwnWindowsOutAndNobodyElses() {
        LiveGroups groups = groups(100_000, 64, 64);
        for (int second = 0; second < 10; second++) {
            add(groups, "good", "1s", second * 1_000L);
        }
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        for (int i = 0; i < 300; i++) {
            add(groups, "ever-new", "m" + i, "1s", 10_000 + i * 100L);
            groups.show(this::announce, NOW);
            groups.save(this::announce);
            assertThat(groups.kept()).isLessThanOrEqualTo(64);
        }
        add(groups, "good", "1s", 0);
        assertThat(counters.groupLate.sum()).as("as if it were alone").isZero();
        add(groups, "ever-new", "m0", "1s", 10_000);
        assertThat(counters.groupLate.sum()).isEqualTo(1);
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        LiveGroups again = groups(100_000, 64, 64);
        add(again, "ever-new", "m0", "1s", 10_000);
        assertThat(counters.groupLate.sum()).as("survives a restart").isEqualTo(2);
        add(again, "good", "1s", 0);
        assertThat(counters.groupLate.sum()).isEqualTo(2);
    }

    @Test
    void aFloorOfAGroupIsForgottenBelowThatOfAll() {
        LiveGroups groups = groups(100, 64, 64);
        for (int i = 0; i < 300; i++) {
            add(groups, i % 10 == 0 ? "good" : "ever-new", "m" + i, "1s", i * 100L);
            groups.show(this::announce, NOW);
            groups.save(this::announce);
        }
        Bytes floor = GroupLayout.floorKey("ever-new", Window.parse("1s"));
        assertThat(store.get(floor)).isNotNull();
        add(groups, "good", "1s", 200_000);
        groups.age();
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        assertThat(store.get(floor)).isNull();
        assertThat(groups.kept()).isEqualTo(1);
    }

    @Test
    void aWindowGoesWhenArrivalTimeHasPassedItByTheReachAndNoClockAheadHastensIt() {
        LiveGroups groups = groups(30, 100, 100);
        add(groups, "g", "1s", 0);
        add(groups, "g", "10s", 0);
        Aggregate ahead = new Aggregate();
        ahead.add(1, 0, 0, 1, 0);
        groups.take(
                new RollupKey(RollupKey.Kind.GROUP, "h", "t", null, "1s", NOW),
                new Addition(ahead, NOW + 3_600_000),
                NOW + 30_999);
        groups.age();
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        assertThat(groups.kept()).isEqualTo(3);
        add(groups, "h", "1s", 31_000);
        groups.age();
        groups.show(this::announce, NOW);
        groups.save(this::announce);
        assertThat(groups.kept()).isEqualTo(2);
        assertThat(finals).containsOnlyKeys("g 1s@0", "h 1s@0");
    }

    @Test
    void startsBefore1970AreTheOldest() {
        OpenWindow.Series series = new OpenWindow.Series("t", "°C");
        Window window = Window.parse("1s");
        Bytes before = GroupLayout.key("g", series, window, -1_000);
        Bytes after = GroupLayout.key("g", series, window, 0);
        assertThat(before).isLessThan(after);
        assertThat(before).isLessThan(GroupLayout.bound(window, 0));
        assertThat(after).isGreaterThanOrEqualTo(GroupLayout.bound(window, 0));
        OpenWindow empty = new OpenWindow(series, window, -1_000, 0, new Aggregate());
        GroupWindow read = GroupLayout.window(before, window, empty.toBytes());
        assertThat(read.group()).isEqualTo("g");
        assertThat(read.window().series).isEqualTo(series);
        assertThat(read.window().start).isEqualTo(-1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_125})
    void crashesChangeNothing(long seed) {
        Random random = new Random(seed);
        LiveGroups groups = groups(100_000, 100_000, 20);
        Map<String, Long> expected = new HashMap<>();
        List<String[]> sinceCommit = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String window = random.nextBoolean() ? "1s" : "10s";
            String group = "g" + random.nextInt(3);
            long time = i * 50L - (random.nextInt(20) == 0 ? random.nextInt(100_000) : 0);
            sinceCommit.add(new String[] {group, window, Long.toString(time)});
            add(groups, group, window, time);
            String name = group + " " + window + "@" + (Window.parse(window).startOf(NOW + time) - NOW) / 1_000;
            expected.merge(name, 1L, Long::sum);
            int event = random.nextInt(20);
            if (event == 0) {
                groups = groups(100_000, 100_000, 20);
                for (String[] again : sinceCommit) {
                    add(groups, again[0], again[1], Long.parseLong(again[2]));
                }
            } else if (event < 4) {
                groups.settle(NOW + i * 50L, this::announce);
                groups.show(this::announce, NOW);
                groups.save(this::announce);
                sinceCommit.clear();
            }
        }
        groups.settle(Long.MAX_VALUE, this::announce);
        assertThat(finals).isEqualTo(expected);
    }
}
