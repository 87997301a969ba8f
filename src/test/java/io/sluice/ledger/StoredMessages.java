package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.MessageId;
import io.sluice.local.StoredMessage;
import io.sluice.local.TopicReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What is on a topic of some devices, partition by partition, so that each device's messages are in their order. */
record StoredMessages(List<StoredMessage> list) {
    static StoredMessages read(String brokerAddress, String topic, Predicate<String> devices) {
        List<StoredMessage> stored = new ArrayList<>();
        try (TopicReader reader = new TopicReader(brokerAddress, topic)) {
            reader.readToEnd(each -> {
                StoredMessage message = StoredMessage.of(each);
                if (devices.test(message.id().device())) {
                    stored.add(message);
                }
            });
        }
        return new StoredMessages(stored);
    }

    /** For devices that keep to one epoch. */
    void assertFirstOccurrencesInOrder() {
        Set<MessageId> seen = new HashSet<>();
        Map<String, MessageId> newest = new HashMap<>();
        for (StoredMessage message : list) {
            MessageId id = message.id();
            if (seen.add(id)) {
                MessageId before = newest.put(id.device(), id);
                assertThat(before == null ? 0 : before.seq())
                        .as("what comes before %s, newly after %s", id, before)
                        .isLessThan(id.seq());
                assertThat(before == null ? id.epoch() : before.epoch()).isEqualTo(id.epoch());
            }
        }
    }

    /** How many repeat an earlier one. */
    long repetitions() {
        return list.size() - list.stream().map(StoredMessage::id).distinct().count();
    }

    /** Numbers of a device's messages, as they came. */
    List<Long> numbers(String device) {
        return list.stream()
                .map(StoredMessage::id)
                .filter(id -> id.device().equals(device))
                .map(MessageId::seq)
                .toList();
    }
}
