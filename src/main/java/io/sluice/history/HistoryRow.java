package io.sluice.history;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import io.sluice.rollup.Sketch;
import io.sluice.rollup.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A final rollup on its way into the database.
 *
 * @param length of its window, ms
 * @param sketch the bytes of its sketch; null where it has none
 * @param arrived arrival of its newest reading, ms since 1970
 */
record HistoryRow(RollupItem item, long length, byte @Nullable [] sketch, long arrived) {
    /** What makes a row of the table: two lengths of one name do not. */
    record Key(RollupKey.Kind kind, String id, String metric, String unit, long length, long start) {}

    /** @throws IllegalArgumentException if it is nothing that the rollup room writes to the topic */
    static HistoryRow of(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            throw new IllegalArgumentException("a record without a value");
        }
        RollupItem item = RollupJson.decode(message.value());
        if (!item.isFinal()) {
            throw new IllegalArgumentException("a rollup that is not final");
        }
        Header sketch = message.headers().lastHeader(Sketch.HEADER);
        byte[] bytes = sketch == null ? null : sketch.value();
        if (bytes != null) {
            Sketch.fromBytes(bytes);
        }
        return new HistoryRow(item, Window.parse(item.window()).length(), bytes, arrived(message));
    }

    /** That of the record where it says none. */
    private static long arrived(ConsumerRecord<byte[], byte[]> message) {
        Header arrived = message.headers().lastHeader(RollupItem.ARRIVED);
        return arrived == null
                ? message.timestamp()
                : Long.parseLong(new String(arrived.value(), StandardCharsets.ISO_8859_1));
    }

    Key key() {
        RollupKey key = RollupKey.of(item);
        return new Key(key.kind(), key.id(), key.metric(), unit(), length, key.start());
    }

    /** Empty for none. */
    String unit() {
        return item.unit() == null ? "" : item.unit();
    }

    /** In UTC. */
    LocalDate day() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(item.start()), ZoneOffset.UTC);
    }

    /** Whether it takes the other's place: more readings were added since, or numbers have come that text gives way to. */
    boolean replaces(HistoryRow other) {
        boolean isText = item.lastText() != null;
        boolean otherIsText = other.item.lastText() != null;
        return isText == otherIsText ? item.count() >= other.item.count() : otherIsText;
    }
}
