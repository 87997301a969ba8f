package io.sluice.kafka;

import io.sluice.ingest.LogEntry;
import io.sluice.ingest.Origin;
import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** From an entry to a record: topic, key, value, headers, timestamp (device protocol section 4). */
final class KafkaRecords {
    /** The server made the epoch up on this connection: nobody will come back with it, unless the device says so. */
    private static final byte[] SERVER = utf8("server");

    private KafkaRecords() {}

    static ProducerRecord<byte[], byte[]> of(LogEntry entry) {
        Origin origin = entry.origin();
        LogEntry.Reason reason = entry.reason();
        Topic topic = reason == null ? Topic.READINGS : Topic.REJECTED;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic.topicName(), null, entry.receivedMs(), origin.deviceUtf8(), entry.value());
        Headers headers = record.headers();
        headers.add("epoch", origin.epochUtf8());
        headers.add("seq", decimal(entry.seq()));
        headers.add("received", decimal(entry.receivedMs()));
        headers.add("session", origin.sessionUtf8());
        byte[] group = origin.groupUtf8();
        if (group != null) {
            headers.add("group", group);
        }
        if (origin.epochMade()) {
            headers.add("epoch-origin", SERVER);
        }
        if (reason != null) {
            headers.add("code", utf8(reason.code().wireName()));
            headers.add("detail", utf8(reason.detail()));
            headers.add("content-type", utf8(reason.contentType()));
            if (!reason.records().isEmpty()) {
                headers.add(
                        "records",
                        utf8(reason.records().stream().map(String::valueOf).collect(Collectors.joining(","))));
            }
        }
        return record;
    }

    static ProducerRecord<byte[], byte[]> of(PresenceRecord presence) {
        return new ProducerRecord<>(
                Topic.PRESENCE.topicName(), null, null, utf8(presence.key()), PresenceCodec.encode(presence));
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
