package io.sluice.local;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code readings} or {@code readings.rejected} (device protocol section 4).
 *
 * @param code why it was rejected; null on {@code readings}
 * @param arrival ms since 1970
 */
public record StoredMessage(MessageId id, @Nullable String code, long arrival, byte[] value) {
    public static StoredMessage of(ConsumerRecord<byte[], byte[]> stored) {
        return new StoredMessage(
                new MessageId(
                        new String(stored.key(), StandardCharsets.UTF_8),
                        String.valueOf(header(stored, "epoch")),
                        Long.parseLong(String.valueOf(header(stored, "seq")))),
                header(stored, "code"),
                stored.timestamp(),
                stored.value());
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> stored, String name) {
        Header header = stored.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
