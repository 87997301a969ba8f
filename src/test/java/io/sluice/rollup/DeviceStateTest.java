package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The time model, reading by reading, without Kafka: windows of 1 s and 10 s, a grace of 10 s. */
class DeviceStateTest {
    private static final long NOW = 1_763_632_800_000L;
    private static final RollupPlan PLAN =
            new RollupPlan(List.of(Window.parse("1s"), Window.parse("10s")), 10_000, 50, 8);

    private final RollupCounters counters = new RollupCounters();
    private final DeviceState device = new DeviceState("pump-7", PLAN, counters);
    private final Map<String, Long> finals = new TreeMap<>();
    private final List<String> announced = new ArrayList<>();
    private long number;

    private final Announcer announcer = (state, window, isFinal) -> {
        String name = window.window.name() + "@" + (window.start - NOW) / 1000;
        announced.add(name);
        finals.put(name, window.aggregate.count());
    };

    /** A message that arrives so many ms after NOW, with readings of event times in ms after NOW. */
    private void message(long arrival, long... times) {
        Readings readings = new Readings();
        for (long time : times) {
            readings.add("t", "Cel", (NOW + time) / 1e3, ValueType.NUMBER, 1, null, Double.NaN, Double.NaN);
        }
        number++;
        if (device.arrive(NOW + arrival, "e", number, false, announcer)) {
            device.take(readings, NOW + arrival, number, Additions.NOBODY, announcer);
        }
    }

    @Test
    void quantilesAreInWindowsOfTenSecondsAndMore() {
        List<RollupItem> items = new ArrayList<>();
        Readings readings = new Readings();
        readings.add("t", "Cel", NOW / 1e3, ValueType.NUMBER, 21.5, null, Double.NaN, Double.NaN);
        device.arrive(NOW, "e", 1, false, announcer);
        device.take(readings, NOW, 1, Additions.NOBODY, announcer);
        device.settle(
                NOW + 60_000, (id, window, isFinal) -> items.add(window.item(RollupKey.Kind.DEVICE, id, isFinal)));
        assertThat(items)
                .extracting(RollupItem::window, RollupItem::p50, RollupItem::p99)
                .containsExactlyInAnyOrder(tuple("1s", Double.NaN, Double.NaN), tuple("10s", 21.5, 21.5));
    }

    @Test
    void aWindowStoredWithoutSketchesIsReadAndStaysWithoutQuantiles() {
        Aggregate before = new Aggregate();
        before.add(21.5, NOW * 1000, NOW, 1, 0);
        byte[] content = before.toBytes();
        byte[] stored = ByteBuffer.allocate(10 + content.length)
                .put((byte) 1)
                .put((byte) 0)
                .putLong(NOW)
                .put(content)
                .array();
        OpenWindow read = OpenWindow.read(
                new OpenWindow.Series("t", "Cel"), PLAN.windows().get(1), NOW, stored);
        read.aggregate.add(22, NOW * 1000, NOW, 2, 0);
        RollupItem item = OpenWindow.read(read.series, read.window, NOW, read.toBytes())
                .item(RollupKey.Kind.DEVICE, "pump-7", true);
        assertThat(item.count()).isEqualTo(2);
        assertThat(item.p50()).isNaN();
    }

    @Test
    void aWindowClosesWhenTheDevicesOwnTimeHasPassedItsEndAndGrace() {
        message(0, 500);
        message(10_999, 10_999);
        assertThat(finals).isEmpty();
        message(11_000, 11_000);
        assertThat(finals).containsExactly(Map.entry("1s@0", 1L));
    }

    @Test
    void outOfOrderWithinTheGraceCountsBeyondItIsLate() {
        message(0, 500);
        message(10_500, 10_500);
        message(10_600, 700);
        message(11_100, 11_100);
        message(11_200, 800);
        assertThat(finals).containsEntry("1s@0", 2L);
        assertThat(device.late)
                .as("late for 1 s, not for 10 s, counts as one late reading")
                .isEqualTo(1);
        message(20_000, 20_000);
        assertThat(finals).containsEntry("10s@0", 3L);
    }

    @Test
    void theReadingsOfOneMessageAreJudgedByTheClockBeforeIt() {
        message(60_000, 60_000, 40_000, 20_000, 500);
        assertThat(device.late).isZero();
        assertThat(finals).containsEntry("1s@0", 1L).containsEntry("1s@40", 1L);
    }

    @Test
    void aBacklogInOrderIsAggregatedInFullHoursLater() {
        long sixHours = 6 * 3_600_000L;
        for (int second = 0; second < 3_600; second++) {
            message(sixHours + second / 100, second * 1000L);
        }
        assertThat(device.late).isZero();
        assertThat(finals).hasSizeGreaterThan(3_900).containsEntry("1s@0", 1L).containsEntry("10s@0", 10L);
    }

    @Test
    void arrivalTimeClosesAWindowThatGotNothingForTheGrace() {
        message(500, 500);
        message(11_500, 700);
        assertThat(finals).containsEntry("1s@0", 1L).doesNotContainKey("10s@0");
        assertThat(device.late).isEqualTo(1);
        message(30_000, 900);
        assertThat(finals).containsEntry("10s@0", 2L);
        assertThat(device.late).isEqualTo(2);
    }

    @Test
    void aClosedWindowStaysClosedWhateverArrivesNext() {
        message(500, 500);
        message(11_500, 700);
        message(11_600, 800);
        message(3_000, 900);
        assertThat(finals).containsEntry("1s@0", 1L);
        assertThat(announced).containsOnlyOnce("1s@0");
        assertThat(device.late).isEqualTo(3);
    }

    @Test
    void ofAClosedWindowOnlyItsPlaceIsKept() {
        message(500, 500, 600, 700);
        message(30_000, 800);
        Map<String, Aggregate> stored = new TreeMap<>();
        device.drain(new DeviceState.Changes() {
            @Override
            public void changed(DeviceState of, OpenWindow window) {
                OpenWindow read = OpenWindow.read(window.series, window.window, window.start, window.toBytes());
                assertThat(read.closed).isTrue();
                stored.put(window.window.name(), read.aggregate);
                assertThat(window.aggregate.sketch()).isNull();
            }

            @Override
            public void removed(DeviceState of, OpenWindow window) {}
        });
        assertThat(stored).containsOnlyKeys("1s", "10s").allSatisfy((name, aggregate) -> {
            assertThat(aggregate.count()).isZero();
            assertThat(aggregate.sketch()).isNull();
        });
        assertThat(finals).containsEntry("10s@0", 3L);
        assertThat(device.late).isEqualTo(1);
    }

    @Test
    void theWallClockAnnouncesAndTheLogStillDecides() {
        message(500, 500);
        assertThat(device.settle(NOW + 10_999, announcer)).isFalse();
        assertThat(device.settle(NOW + 11_000, announcer)).isTrue();
        assertThat(finals).containsOnly(Map.entry("1s@0", 1L));
        assertThat(device.settle(NOW + 12_000, announcer)).isFalse();
        // a broker's pause held this one back: by its arrival time it belongs to the window
        message(9_000, 600);
        assertThat(device.late).isZero();
        assertThat(counters.corrected.sum()).isEqualTo(1);
        assertThat(device.settle(NOW + 19_000, announcer)).isTrue();
        assertThat(finals).containsEntry("1s@0", 2L);
    }

    @Test
    void aClockThatRunsAheadOnlyMakesItsOwnDeviceWait() {
        message(0, 240_500);
        assertThat(device.settle(NOW + 240_000, announcer)).isFalse();
        assertThat(device.settle(NOW + 251_000, announcer)).isTrue();
        message(252_000, 1_000);
        assertThat(device.late)
                .as("its clock was set right: older than its own greatest time")
                .isEqualTo(1);
    }

    @Test
    void repeatedMessagesAreCountedOnce() {
        message(0, 500);
        number--;
        message(100, 500);
        assertThat(device.duplicates).isEqualTo(1);
        message(30_000, 30_000);
        assertThat(finals).containsEntry("1s@0", 1L);
    }

    @Test
    void windowsOfADeviceAreBounded() {
        long[] times = new long[100];
        for (int i = 0; i < times.length; i++) {
            times[i] = i * 1000L;
        }
        message(100_000, times);
        assertThat(device.overflowed).isPositive();
        assertThat(counters.overflowed.sum()).isEqualTo(device.overflowed);
        assertThat(device.openWindows()).isLessThanOrEqualTo(50);
        message(101_000, 200_000);
        assertThat(device.openWindows()).as("closed ones make room").isEqualTo(2);
    }

    @Test
    void longTextIsCutNeverWithinACharacter() {
        assertThat(PLAN.cut("12345678")).isEqualTo("12345678");
        assertThat(PLAN.cut("123456789")).isEqualTo("12345678");
        assertThat(PLAN.cut("1234567🌱")).isEqualTo("1234567");
    }
}
