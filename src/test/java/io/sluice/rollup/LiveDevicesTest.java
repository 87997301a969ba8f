package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the heap holds beyond the store may be lost at any time: reading the log again gives the same. */
class LiveDevicesTest {
    private static final long NOW = 1_763_632_800_000L;
    private static final RollupPlan PLAN =
            new RollupPlan(List.of(Window.parse("1s"), Window.parse("10s")), 10_000, 1_000, 100);
    private static final long DAY = 24 * 3_600_000L;

    private record Message(String device, long arrival, String epoch, long number, long[] times) {}

    /** One reader of the log: it commits now and then, and may crash back to its last commit. */
    private static final class Reader {
        private final KeyValueStore<Bytes, byte[]> store =
                Stores.inMemoryKeyValueStore("x").get();
        private final Map<RollupKey, RollupItem> finals =
                new TreeMap<>((a, b) -> Bytes.BYTES_LEXICO_COMPARATOR.compare(a.toBytes(), b.toBytes()));
        private final Told told = new Told();
        private LiveDevices devices = fresh();

        private LiveDevices fresh() {
            return new LiveDevices(store, PLAN, new RollupCounters(), told, 1);
        }

        void crash() {
            devices = fresh();
        }

        void read(Message message, long offset) {
            DeviceState device = devices.of(message.device());
            if (device.arrive(message.arrival(), message.epoch(), message.number(), false, this::announce)) {
                device.take(readings(message), message.arrival(), message.number(), Additions.NOBODY, this::announce);
            }
            devices.moveTo(offset + 1);
        }

        void settle(long now) {
            devices.settle(now, this::announce);
        }

        void commit() {
            devices.save(false, NOW);
        }

        void commitAndTell() {
            commitAndTell(NOW);
        }

        void commitAndTell(long now) {
            devices.save(true, now);
        }

        private void announce(String device, OpenWindow window, boolean isFinal) {
            RollupKey.Kind kind = RollupKey.Kind.DEVICE;
            finals.put(window.key(kind, device), window.item(kind, device, isFinal));
        }

        Map<String, String> content() {
            Map<String, String> content = new TreeMap<>();
            try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> next = all.next();
                    content.put(next.key.toString(), Bytes.wrap(next.value).toString());
                }
            }
            return content;
        }
    }

    private static final class Told implements CountsListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void counted(DeviceState device) {
            lines.add(device.id + " " + device.duplicates + " " + device.duplicatesFromOne + " "
                    + (device.lastDuplicate - NOW));
        }

        @Override
        public void forgotten(String device) {
            lines.add(device + " forgotten");
        }
    }

    private static Readings readings(Message message) {
        Readings readings = new Readings();
        for (int i = 0; i < message.times().length; i++) {
            long time = message.times()[i];
            readings.add("m" + i % 2, null, time / 1e3, ValueType.NUMBER, time % 17, null, Double.NaN, Double.NaN);
        }
        return readings;
    }

    /** Four devices with their own clocks, pauses, backlogs, disorder and repetitions. */
    private static List<Message> log(Random random) {
        List<Message> log = new ArrayList<>();
        long arrival = NOW;
        long[] number = new long[4];
        long[] clock = {NOW, NOW + 240_000, NOW - 3_600_000, NOW};
        for (int i = 0; i < 2_000; i++) {
            int device = random.nextInt(4);
            long step = random.nextInt(200) == 0 ? 30_000 : random.nextInt(400);
            arrival += step;
            clock[device] += random.nextInt(1_500);
            long[] times = new long[1 + random.nextInt(5)];
            for (int r = 0; r < times.length; r++) {
                times[r] = clock[device] - random.nextInt(random.nextInt(10) == 0 ? 30_000 : 3_000);
            }
            boolean repeats = random.nextInt(20) == 0 && number[device] > 5;
            long sent = repeats ? number[device] - random.nextInt(5) : ++number[device];
            log.add(new Message("d" + device, arrival - random.nextInt(50), "e", sent, times));
        }
        return log;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 20_261_120})
    void crashesAndEvictionsChangeNothing(long seed) {
        Random random = new Random(seed);
        List<Message> log = log(random);
        Reader undisturbed = new Reader();
        for (int offset = 0; offset < log.size(); offset++) {
            undisturbed.read(log.get(offset), offset);
        }
        undisturbed.commit();

        Reader disturbed = new Reader();
        int offset = 0;
        while (offset < log.size()) {
            disturbed.read(log.get(offset), offset);
            offset++;
            int event = random.nextInt(20);
            if (event < 3) {
                disturbed.settle(Long.MIN_VALUE); // allows eviction at the commit, announces nothing
                disturbed.commit();
            } else if (event == 3) {
                disturbed.crash();
                offset = (int) disturbed.devices.position();
            }
        }
        disturbed.commit();

        assertThat(disturbed.finals).isEqualTo(undisturbed.finals);
        assertThat(disturbed.content()).isEqualTo(undisturbed.content());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 20_261_120})
    void theWallClockDecidesWhenAFinalValueGoesOutNotWhatItIs(long seed) {
        Random random = new Random(seed);
        List<Message> log = log(random);
        Reader replay = new Reader();
        Reader live = new Reader();
        for (int offset = 0; offset < log.size(); offset++) {
            replay.read(log.get(offset), offset);
            live.read(log.get(offset), offset);
            // a clock that even runs ahead of the arrivals by up to 10 s
            live.settle(log.get(offset).arrival() + random.nextInt(20_000) - 10_000);
        }
        long end = NOW + DAY;
        replay.settle(end);
        live.settle(end);
        assertThat(live.finals).isEqualTo(replay.finals);
    }

    @Test
    void devicesOnTheHeapAreBoundedOnceTheirWindowsAreAnnounced() {
        Reader reader = new Reader();
        for (int i = 0; i < 50; i++) {
            reader.read(new Message("d" + i, NOW, "e", 1, new long[] {NOW}), i);
        }
        reader.commit();
        assertThat(reader.devices.onHeap()).isEqualTo(50);
        reader.settle(NOW + DAY);
        reader.commit();
        assertThat(reader.devices.onHeap()).isEqualTo(1);
        reader.read(new Message("d7", NOW + DAY, "e", 1, new long[] {NOW}), 50);
        assertThat(reader.devices.of("d7").duplicates).isEqualTo(1);
    }

    @Test
    void aRestartFindsTheWindowsThatAreStillToBeAnnounced() {
        Reader reader = new Reader();
        reader.read(new Message("d", NOW, "e", 1, new long[] {NOW}), 0);
        reader.commit();
        reader.crash();
        reader.settle(NOW + 11_000);
        assertThat(reader.finals.values()).extracting(RollupItem::window).containsExactly("1s");
        reader.commit();
        reader.crash();
        reader.finals.clear();
        reader.settle(NOW + 20_000);
        assertThat(reader.finals.values()).extracting(RollupItem::window).containsExactly("10s");
    }

    @Test
    void aDeviceSilentForEightDaysIsForgottenWithItsWindows() {
        Reader reader = new Reader();
        reader.read(new Message("old", NOW, "e", 1, new long[] {NOW}), 0);
        reader.read(new Message("new", NOW + DAY, "e", 1, new long[] {NOW}), 1);
        reader.settle(NOW + DAY + 60_000);
        reader.commit();
        reader.devices.forgetSilent(NOW + 8 * DAY);
        reader.commit();
        assertThat(reader.content()).hasSize(7);
        reader.devices.forgetSilent(NOW + 8 * DAY + 1);
        reader.commit();
        assertThat(reader.content().keySet()).hasSize(4).noneMatch(key -> key.contains("old"));
    }

    @Test
    void repeatsAreToldOncePerCommitAndSurviveACrash() {
        Reader reader = new Reader();
        for (int i = 0; i < 3; i++) {
            reader.read(new Message("d", NOW + i, "e", 1, new long[] {NOW}), i);
        }
        reader.read(new Message("d", NOW + 3, "e", 2, new long[] {NOW}), 3);
        reader.commitAndTell();
        assertThat(reader.told.lines).containsExactly("d 2 2 2");
        reader.crash();
        reader.read(new Message("d", NOW + 4, "e", 2, new long[] {NOW}), 4);
        reader.commitAndTell();
        reader.read(new Message("d", NOW + 5, "e", 3, new long[] {NOW}), 5);
        reader.commitAndTell();
        assertThat(reader.told.lines).containsExactly("d 2 2 2", "d 3 2 4");
    }

    @Test
    void aDeviceThatKeepsRepeatingIsToldNowAndThen() {
        Reader reader = new Reader();
        for (int i = 0; i < 3; i++) {
            reader.read(new Message("d", NOW + i, "e", 1, new long[] {NOW}), i);
            reader.commitAndTell(NOW);
        }
        reader.settle(NOW + DAY);
        reader.read(new Message("other", NOW, "e", 1, new long[] {NOW}), 3);
        reader.commitAndTell(NOW + LiveDevices.TELL_EVERY - 1);
        assertThat(reader.told.lines).containsExactly("d 1 1 1");
        // The last is told though no further message comes and others have pushed the device off the heap.
        reader.commitAndTell(NOW + LiveDevices.TELL_EVERY);
        reader.commitAndTell(NOW + 3 * LiveDevices.TELL_EVERY);
        assertThat(reader.told.lines).containsExactly("d 1 1 1", "d 2 2 2");
        reader.crash();
        reader.commitAndTell(NOW + 4 * LiveDevices.TELL_EVERY);
        assertThat(reader.told.lines).hasSize(2);
    }

    @Test
    void repeatsThatATaskCouldNotTellAreToldByTheNextOne() {
        Reader reader = new Reader();
        reader.read(new Message("d", NOW, "e", 7, new long[] {NOW}), 0);
        reader.read(new Message("d", NOW + 1, "e", 7, new long[] {NOW}), 1);
        reader.settle(NOW + DAY);
        reader.commit();
        reader.crash();
        reader.commitAndTell();
        assertThat(reader.told.lines).containsExactly("d 1 0 1");
        reader.crash();
        reader.commitAndTell();
        assertThat(reader.told.lines).hasSize(1);
    }

    @Test
    void theCountIsForgottenWithItsDevice() {
        Reader reader = new Reader();
        reader.read(new Message("d", NOW, "e", 1, new long[] {NOW}), 0);
        reader.read(new Message("d", NOW, "e", 1, new long[] {NOW}), 1);
        reader.read(new Message("never-repeated", NOW, "e", 1, new long[] {NOW}), 2);
        reader.commitAndTell();
        reader.devices.forgetSilent(NOW + 8 * DAY + 1);
        assertThat(reader.told.lines).containsExactly("d 1 1 0", "d forgotten");
    }

    @Test
    void aDeviceStoredBeforeRepeatsFromOneWereCountedIsRead() {
        DeviceState stored = new DeviceState("d", PLAN, new RollupCounters());
        stored.arrive(NOW, "e", 1, false, (state, window, isFinal) -> {});
        stored.arrive(NOW, "e", 1, false, (state, window, isFinal) -> {});
        byte[] now = StateLayout.deviceValue(stored, StateLayout.scratch());
        ByteBuffer before = ByteBuffer.allocate(now.length - 24);
        before.put((byte) 1).put((byte) 0).put(now, 2, 40).put(now, 66, now.length - 66);
        DeviceState read = StateLayout.device("d", before.array(), PLAN, new RollupCounters());
        assertThat(read.duplicates).isEqualTo(1);
        assertThat(read.duplicatesFromOne).isZero();
        assertThat(read.deduplication.epochs()).isEqualTo(1);
    }

    @Test
    void aDeviceStoredBeforeTheLastLateReadingWasKeptIsRead() {
        DeviceState stored = new DeviceState("d", PLAN, new RollupCounters());
        stored.arrive(NOW, "e", 1, false, (state, window, isFinal) -> {});
        stored.arrive(NOW, "e", 1, false, (state, window, isFinal) -> {});
        stored.late = 4;
        stored.lastLate = NOW;
        byte[] now = StateLayout.deviceValue(stored, StateLayout.scratch());
        assertThat(StateLayout.device("d", now, PLAN, new RollupCounters()).lastLate)
                .isEqualTo(NOW);
        ByteBuffer before = ByteBuffer.allocate(now.length - 8);
        before.put((byte) 2).put((byte) 0).put(now, 2, 56).put(now, 66, now.length - 66);
        DeviceState read = StateLayout.device("d", before.array(), PLAN, new RollupCounters());
        assertThat(read.duplicatesFromOne).isEqualTo(1);
        assertThat(read.late).isEqualTo(4);
        assertThat(read.lastLate).isZero();
        assertThat(read.deduplication.epochs()).isEqualTo(1);
    }

    @Test
    void lateReadingsAreToldAndForgottenLikeRepeats() {
        Reader reader = new Reader();
        reader.read(new Message("d", NOW, "e", 1, new long[] {NOW}), 0);
        reader.read(new Message("d", NOW + 1, "e", 2, new long[] {NOW - 600_000}), 1);
        assertThat(reader.devices.of("d").late).isEqualTo(1);
        reader.commitAndTell();
        assertThat(reader.told.lines).hasSize(1);
        reader.crash();
        reader.commitAndTell();
        assertThat(reader.told.lines).hasSize(1);
        assertThat(reader.devices.of("d").lastLate).isEqualTo(NOW + 1);
        reader.devices.forgetSilent(NOW + 8 * DAY + 2);
        assertThat(reader.told.lines).endsWith("d forgotten");
    }

    @Test
    void aLengthThatIsNoLongerConfiguredIsDropped() {
        KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("x").get();
        RollupPlan before = new RollupPlan(List.of(Window.parse("5s"), Window.parse("10s")), 10_000, 1_000, 100);
        LiveDevices devices = new LiveDevices(store, before, new RollupCounters(), new Told(), 1);
        Message message = new Message("d", NOW, "e", 1, new long[] {NOW});
        DeviceState device = devices.of("d");
        device.arrive(NOW, "e", 1, false, (state, window, isFinal) -> {});
        device.take(readings(message), NOW, 1, Additions.NOBODY, (state, window, isFinal) -> {});
        devices.save(false, NOW);
        LiveDevices after = new LiveDevices(store, PLAN, new RollupCounters(), new Told(), 1);
        assertThat(after.of("d").openWindows()).isEqualTo(1);
        after.save(false, NOW);
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }
}
