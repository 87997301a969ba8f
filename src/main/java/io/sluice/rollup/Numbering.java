package io.sluice.rollup;

import io.sluice.telemetry.Identifier;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which message a record on {@code readings} is, from its headers {@code epoch} and {@code seq} (device protocol section
 * 4) and {@code epoch-origin}.
 *
 * <p>{@code epoch-origin: server} says that the server made the epoch up <em>on this connection or request</em>. On a
 * connection that the device opened with an epoch the header is absent, also where that epoch was once the server's: from
 * then on it is the device's, and lives as long. (Rejected: a reserved first character. An epoch may begin with any of
 * the grammar's characters, so a device could choose one like it; and the server's may come back as the device's own.)
 */
record Numbering(String epoch, long number, boolean serverMade) {
    static final String EPOCH = "epoch";
    static final String SEQ = "seq";
    static final String ORIGIN = "epoch-origin";
    private static final String SERVER = "server";

    /** Null where they are missing or no such thing. */
    static @Nullable Numbering of(Headers headers) {
        String epoch = text(headers, EPOCH);
        String number = text(headers, SEQ);
        if (epoch == null || number == null || !Identifier.isMadeOfIdentifierCharacters(epoch)) {
            return null;
        }
        try {
            return new Numbering(epoch, Long.parseLong(number), SERVER.equals(text(headers, ORIGIN)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.ISO_8859_1);
    }
}
