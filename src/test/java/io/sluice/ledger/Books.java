package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ledger.KnownFleet.Row;
import io.sluice.local.LedgerLine;
import io.sluice.local.MessageId;
import io.sluice.local.StoredMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Holds what a fleet was promised against what stands on the topics (device protocol section 4). */
final class Books {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KnownFleet fleet;
    private final Map<MessageId, LedgerLine> ledger = new HashMap<>();
    private final StoredMessages readings;
    private final StoredMessages rejected;

    private Books(KnownFleet fleet, List<LedgerLine> lines, StoredMessages readings, StoredMessages rejected) {
        this.fleet = fleet;
        this.readings = readings;
        this.rejected = rejected;
        for (LedgerLine line : lines) {
            assertThat(ledger.put(line.id(), line))
                    .as("acknowledged once: %s", line.id())
                    .isNull();
        }
    }

    static Books of(KnownFleet fleet, List<LedgerLine> lines, String brokerAddress) {
        return new Books(
                fleet,
                lines,
                StoredMessages.read(brokerAddress, "readings", fleet.rows()::containsKey),
                StoredMessages.read(brokerAddress, "readings.rejected", fleet.rows()::containsKey));
    }

    /** For a fleet whose every message was acknowledged in the end. */
    void assertBalanced() throws IOException {
        assertThat((long) ledger.size()).as("all is acknowledged").isEqualTo(fleet.messages());
        assertKept("readings", readings.list(), Row::accepted);
        assertKept("readings.rejected", rejected.list(), Row::rejected);
        assertThat(rejected.list())
                .allSatisfy(message -> assertThat(message.code()).isEqualTo("out-of-range"));
        ledger.values()
                .forEach(line -> assertThat(line.rejected())
                        .as("what %s was told", line.id())
                        .isEqualTo(row(line.id()).rejected().size()));
        readings.assertFirstOccurrencesInOrder();
    }

    /** Each message's part is there, nothing else is, and none more often than it was sent. */
    private void assertKept(String topic, List<StoredMessage> stored, Function<Row, Map<String, Double>> part)
            throws IOException {
        Map<MessageId, Integer> occurrences = new HashMap<>();
        for (StoredMessage message : stored) {
            assertThat(ledger).as("known on %s", topic).containsKey(message.id());
            assertThat(values(message)).as("%s on %s", message.id(), topic).isEqualTo(part.apply(row(message.id())));
            occurrences.merge(message.id(), 1, Integer::sum);
        }
        Set<MessageId> lost = new HashSet<>();
        for (LedgerLine line : ledger.values()) {
            int times = occurrences.getOrDefault(line.id(), 0);
            if (times == 0 && !part.apply(row(line.id())).isEmpty()) {
                lost.add(line.id());
            }
            assertThat(times)
                    .as("%s on %s, sent %d times", line.id(), topic, line.sendings())
                    .isLessThanOrEqualTo(line.sendings());
        }
        assertThat(lost).as("acknowledged, but not on %s", topic).isEmpty();
    }

    /** How many records on {@code readings} repeat an earlier one. */
    long repetitions() {
        return readings.repetitions();
    }

    private Row row(MessageId id) {
        return Objects.requireNonNull(fleet.rows().get(id.device())).get((int) id.seq() - 1);
    }

    private static Map<String, Double> values(StoredMessage message) throws IOException {
        Map<String, Double> values = new HashMap<>();
        for (JsonNode record : JSON.readTree(message.value())) {
            values.put(record.get("n").asText(), record.get("v").asDouble());
        }
        return values;
    }
}
