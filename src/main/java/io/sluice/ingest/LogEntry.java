package io.sluice.ingest;

import io.sluice.telemetry.RejectCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record for the log: accepted readings, or a dead letter where there is a reason (device protocol section 4).
 *
 * @param seq number of the message it stems from
 * @param receivedMs arrival, ms since 1970
 */
public record LogEntry(
        Origin origin,
        long seq,
        long receivedMs,
        byte[] value,
        @Nullable Reason reason) {
    /** Roughly what headers, key and bookkeeping take beside the value. */
    private static final int OVERHEAD = 256;

    /**
     * @param records 0-based indexes in the message; empty for the whole of it
     * @param contentType of the value: the raw message's, or resolved SenML JSON
     */
    public record Reason(RejectCode code, String detail, List<Integer> records, String contentType) {}

    /** Octets of the largest record that these limits let through: value, key and headers. */
    public static long largest(IngestConfig config) {
        // Of a letter, the header that lists records, and a detail of 200 characters.
        long headers = 4_096 + 8L * config.maxRecords();
        return Math.max(config.maxResolvedBytes(), config.maxMessageBytes()) + headers;
    }

    public boolean isDeadLetter() {
        return reason != null;
    }

    /** What it counts for where octets in flight are bounded. */
    public int weight() {
        return value.length + OVERHEAD;
    }
}
