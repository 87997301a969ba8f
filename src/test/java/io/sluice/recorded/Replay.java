package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.DevicesSim;
import io.sluice.local.LedgerLine;
import io.sluice.local.MessageId;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import io.sluice.local.StoredMessage;
import io.sluice.local.TopicReader;
import io.sluice.recorded.Recording.Row;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/** A recorded file sent through a production service by the simulator, held against what the topics then say. */
final class Replay implements AutoCloseable {
    /** Mean and deviation may differ by the order of adding up (operator protocol section 1). */
    private static final double ROUNDING = 1e-9;

    private final Plan plan;
    private final Recording recording;
    private final ProductionSite site;
    private final RunningSluice service;
    private final JsonNode report;
    private final List<LedgerLine> ledger;
    private final Map<MessageId, JsonNode> readings = new HashMap<>();
    private final long storedReadings;

    /**
     * @param times the simulator's mapping of times
     * @param distance from a device's first row to another in the file, to that of the times that they bear, in ms
     */
    record Plan(
            String file,
            List<String> idColumns,
            String timeColumn,
            int speed,
            String times,
            LongUnaryOperator distance,
            Duration limit) {}

    private Replay(Plan plan, Recording recording, ProductionSite site, RunningSluice service)
            throws IOException, InterruptedException {
        this.plan = plan;
        this.recording = recording;
        this.site = site;
        this.service = service;
        service.awaitReady(Duration.ofSeconds(60), "https");
        DevicesSim simulator = DevicesSim.of(site);
        List<String> columns =
                List.of("--id-column", String.join(",", plan.idColumns()), "--time-column", plan.timeColumn());
        List<String> provision =
                new ArrayList<>(List.of("--profile", "recorded", "--readings-per-second", "20000", "--from-csv"));
        provision.add(file(plan).toString());
        provision.addAll(columns);
        simulator.provision(service, provision);
        List<String> replay = new ArrayList<>(List.of("replay", file(plan).toString()));
        replay.addAll(columns);
        replay.addAll(List.of("--speed", Integer.toString(plan.speed()), "--times", plan.times()));
        try (DevicesSim.Fleet fleet = simulator.fleet("replay", service.url("wss", "/ingest"), replay)) {
            fleet.awaitEnd(plan.limit());
            report = fleet.report();
            ledger = fleet.ledger();
        }
        storedReadings = readReadings();
    }

    /** Until everything sent is acknowledged. */
    static Replay of(Plan plan) throws Exception {
        Recording recording = Recording.read(file(plan), plan.idColumns(), plan.timeColumn());
        ProductionSite site = ProductionSite.start("recorded-it");
        try {
            RunningSluice service = site.run(Map.of());
            try {
                return new Replay(plan, recording, site, service);
            } catch (Throwable e) {
                service.close();
                throw e;
            }
        } catch (Throwable e) {
            site.close();
            throw e;
        }
    }

    private static Path file(Plan plan) {
        String folder = System.getProperty("sluice.recorded");
        assertThat(folder)
                .as("-Dsluice.recorded, the folder of the recorded data")
                .isNotEmpty();
        return Path.of(folder).resolve(plan.file()).toAbsolutePath();
    }

    private long readReadings() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<StoredMessage> stored = new ArrayList<>();
        try (TopicReader topic = new TopicReader(site.brokerAddress(), "readings")) {
            topic.readToEnd(each -> stored.add(StoredMessage.of(each)));
        }
        for (StoredMessage message : stored) {
            readings.putIfAbsent(message.id(), json.readTree(message.value()));
        }
        return stored.size();
    }

    void assertNothingRejected() {
        List<StoredMessage> rejected = new ArrayList<>();
        try (TopicReader topic = new TopicReader(site.brokerAddress(), "readings.rejected")) {
            topic.readToEnd(each -> rejected.add(StoredMessage.of(each)));
        }
        assertThat(rejected).isEmpty();
        assertThat(report.get("rejectedRecords").asLong()).isZero();
    }

    void assertAcknowledgedIsWhatIsStored() {
        assertThat(report.get("acknowledged").asLong()).isEqualTo(recording.rows());
        assertThat(report.get("oddities"))
                .as("what the protocol does not allow")
                .isEmpty();
        Set<MessageId> acknowledged = ledger.stream().map(LedgerLine::id).collect(Collectors.toSet());
        assertThat(ledger).hasSize(acknowledged.size());
        assertThat((long) acknowledged.size()).isEqualTo(recording.rows());
        assertThat(readings.keySet().equals(acknowledged))
                .as("exactly the acknowledged messages are on readings")
                .isTrue();
        assertThat(storedReadings - readings.size())
                .as("repetitions, of what was resent only")
                .isBetween(0L, report.get("resent").asLong());
        long records = readings.values().stream().mapToLong(JsonNode::size).sum();
        assertThat(records).isEqualTo(recording.cells());
    }

    /** Each message is its row of the file: all cells, no other, and the device's one shift of times. */
    void assertValuesAndTimes() {
        Map<String, String> epochs = epochs();
        recording.devices().forEach((device, rows) -> {
            long shift = shift(device, epochs);
            for (int i = 0; i < rows.size(); i++) {
                Map<String, Double> cells = new HashMap<>();
                Set<Long> times = new HashSet<>();
                for (JsonNode each : readings.get(new MessageId(device, epochs.get(device), i + 1L))) {
                    cells.put(each.get("n").asText(), each.get("v").asDouble());
                    times.add(millis(each));
                }
                assertThat(cells)
                        .as("row %d of %s", i, device)
                        .isEqualTo(rows.get(i).cells());
                assertThat(times)
                        .as("time of row %d of %s", i, device)
                        .containsExactly(shift + plan.distance().applyAsLong(distance(rows, i)));
            }
        });
    }

    /**
     * The devices' final windows are what the definitions give over the file: every one that has a reading, none more.
     *
     * @param window name of a length of windows
     */
    void assertFinalWindows(String window, Duration length) {
        Map<RollupKey, PlainRollup> expected = expectedWindows(window, length.toMillis());
        Map<RollupKey, RollupItem> last = new HashMap<>();
        try (TopicReader topic = new TopicReader(site.brokerAddress(), "rollups")) {
            // The clock makes the newest windows final: their length, the grace, and a second of looking, after the
            // end.
            await("final windows of " + window)
                    .atMost(length.plusSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        topic.readToEnd(each -> {
                            RollupKey key = RollupKey.fromBytes(each.key());
                            if (key.window().equals(window) && key.kind() == RollupKey.Kind.DEVICE) {
                                last.put(key, RollupJson.decode(each.value()));
                            }
                        });
                        return last.values().stream()
                                                .filter(RollupItem::isFinal)
                                                .count()
                                        >= expected.size()
                                && last.values().stream().allMatch(RollupItem::isFinal);
                    });
        }
        assertThat(last.keySet().equals(expected.keySet()))
                .as("missing %s, too many %s", without(expected, last), without(last, expected))
                .isTrue();
        expected.forEach((key, plain) -> assertSame(key, last.get(key), plain));
    }

    private static void assertSame(RollupKey key, RollupItem item, PlainRollup plain) {
        assertThat(item.count()).as("count of %s", key).isEqualTo(plain.count());
        assertThat(item.min()).as("min of %s", key).isEqualTo(plain.min());
        assertThat(item.max()).as("max of %s", key).isEqualTo(plain.max());
        assertThat(item.last()).as("last of %s", key).isEqualTo(plain.last());
        assertThat(item.mean())
                .as("mean of %s", key)
                .isCloseTo(plain.mean(), within(ROUNDING * Math.abs(plain.mean())));
        // Of equal numbers even the plain mean may be off by its last bits, and the deviation is then these.
        double lastBits = 8 * Math.ulp(Math.max(Math.abs(plain.min()), Math.abs(plain.max())));
        assertThat(item.stddev())
                .as("stddev of %s", key)
                .isCloseTo(plain.stddev(), within(ROUNDING * plain.stddev() + lastBits));
    }

    private Map<RollupKey, PlainRollup> expectedWindows(String window, long length) {
        Map<String, String> epochs = epochs();
        Map<RollupKey, List<Double>> numbers = new HashMap<>();
        recording.devices().forEach((device, rows) -> {
            long shift = shift(device, epochs);
            List<Integer> inTime = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                inTime.add(i);
            }
            // Stable: of equal times the one that was sent later is the later one.
            inTime.sort(Comparator.comparingLong(i -> rows.get(i).time()));
            for (int i : inTime) {
                long time = shift + plan.distance().applyAsLong(distance(rows, i));
                long start = Math.floorDiv(time, length) * length;
                rows.get(i)
                        .cells()
                        .forEach((metric, number) -> numbers.computeIfAbsent(
                                        new RollupKey(RollupKey.Kind.DEVICE, device, metric, null, window, start),
                                        key -> new ArrayList<>())
                                .add(number));
            }
        });
        Map<RollupKey, PlainRollup> windows = new HashMap<>();
        numbers.forEach((key, all) -> windows.put(key, PlainRollup.of(all)));
        return windows;
    }

    /** Every device of a replay has one. */
    private Map<String, String> epochs() {
        Map<String, String> epochs = new HashMap<>();
        for (MessageId id : readings.keySet()) {
            String known = epochs.putIfAbsent(id.device(), id.epoch());
            assertThat(known == null || known.equals(id.epoch()))
                    .as("one epoch of %s", id.device())
                    .isTrue();
        }
        return epochs;
    }

    /** Which time the device's first row bears. */
    private long shift(String device, Map<String, String> epochs) {
        return millis(readings.get(new MessageId(device, epochs.get(device), 1)).get(0));
    }

    private static long distance(List<Row> rows, int row) {
        return rows.get(row).time() - rows.get(0).time();
    }

    private static long millis(JsonNode reading) {
        return Math.round(reading.get("t").asDouble() * 1e3);
    }

    private static Set<RollupKey> without(Map<RollupKey, ?> one, Map<RollupKey, ?> other) {
        Set<RollupKey> left = new HashSet<>(one.keySet());
        left.removeAll(other.keySet());
        return left;
    }

    @Override
    public void close() throws IOException {
        try (site) {
            service.close();
        }
    }
}
