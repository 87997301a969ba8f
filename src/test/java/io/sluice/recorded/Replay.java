package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.DevicesSim.Fleet;
import io.sluice.local.LedgerLine;
import io.sluice.local.MessageId;
import io.sluice.local.StoredMessage;
import io.sluice.local.TopicReader;
import io.sluice.recorded.PlainWindows.Reading;
import io.sluice.recorded.Recording.Row;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A recorded file that was sent through production services by the simulator, held against what the topics then say. */
final class Replay {
    private final ReplayPlan plan;
    private final Recording recording;
    private final String broker;
    private final JsonNode report;
    private final List<LedgerLine> ledger;
    private final Map<MessageId, Stored> readings = new HashMap<>();
    private final long storedReadings;

    /** @param arrival ms since 1970 */
    private record Stored(JsonNode pack, long arrival) {}

    /** Waits until everything is acknowledged. */
    static Replay of(ReplayPlan plan, Recording recording, Fleet fleet, String broker)
            throws IOException, InterruptedException {
        fleet.awaitEnd(plan.limit());
        return new Replay(plan, recording, fleet, broker);
    }

    private Replay(ReplayPlan plan, Recording recording, Fleet ended, String broker) throws IOException {
        this.plan = plan;
        this.recording = recording;
        this.broker = broker;
        report = ended.report();
        ledger = ended.ledger();
        storedReadings = readReadings();
    }

    private long readReadings() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<StoredMessage> stored = new ArrayList<>();
        try (TopicReader topic = new TopicReader(broker, "readings")) {
            topic.readToEnd(each -> stored.add(StoredMessage.of(each)));
        }
        for (StoredMessage message : stored) {
            readings.putIfAbsent(message.id(), new Stored(json.readTree(message.value()), message.arrival()));
        }
        return stored.size();
    }

    long rows() {
        return recording.rows();
    }

    void assertNothingRejected() {
        List<StoredMessage> rejected = new ArrayList<>();
        try (TopicReader topic = new TopicReader(broker, "readings.rejected")) {
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
        long records =
                readings.values().stream().mapToLong(each -> each.pack().size()).sum();
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
                for (JsonNode each : readings.get(new MessageId(device, epochs.get(device), i + 1L))
                        .pack()) {
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
        PlainWindows expected = PlainWindows.ofDevices(inFile(), window, length);
        Map<RollupKey, RollupItem> last = new HashMap<>();
        try (TopicReader topic = new TopicReader(broker, "rollups")) {
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
                                        >= expected.rollups().size()
                                && last.values().stream().allMatch(RollupItem::isFinal);
                    });
        }
        expected.assertAre(last);
    }

    /** The file's cells at the times that they bear; the topic says only when they arrived. */
    List<Reading> inFile() {
        Map<String, String> epochs = epochs();
        List<Reading> all = new ArrayList<>();
        recording.devices().forEach((device, rows) -> {
            long shift = shift(device, epochs);
            for (int row = 0; row < rows.size(); row++) {
                long time = shift + plan.distance().applyAsLong(distance(rows, row));
                long seq = row + 1L;
                long arrival = readings.get(new MessageId(device, epochs.get(device), seq))
                        .arrival();
                int index = 0;
                for (Map.Entry<String, Double> cell : rows.get(row).cells().entrySet()) {
                    all.add(new Reading(device, cell.getKey(), time, arrival, seq, index++, cell.getValue()));
                }
            }
        });
        return all;
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
        return millis(readings.get(new MessageId(device, epochs.get(device), 1))
                .pack()
                .get(0));
    }

    private static long distance(List<Row> rows, int row) {
        return rows.get(row).time() - rows.get(0).time();
    }

    private static long millis(JsonNode reading) {
        return Math.round(reading.get("t").asDouble() * 1e3);
    }
}
