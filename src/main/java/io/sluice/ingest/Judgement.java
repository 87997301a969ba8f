package io.sluice.ingest;

import io.sluice.telemetry.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one message.
 *
 * @param pack the accepted records in resolved form; null where there are none
 * @param accepted how many they are
 * @param malformed whether it was no SenML pack at all
 */
record Judgement(byte @Nullable [] pack, int accepted, List<Letter> letters, boolean malformed) {
    /**
     * @param value of the dead letter: the records in resolved form, or the raw message
     * @param contentType of the value
     */
    record Letter(Rejection rejection, byte[] value, String contentType) {
        LogEntry.Reason reason() {
            return new LogEntry.Reason(rejection.code(), rejection.detail(), rejection.records(), contentType);
        }
    }

    /** Readings it costs at the rate limit. */
    int cost() {
        int cost = accepted;
        for (Letter letter : letters) {
            cost += letter.rejection().records().size();
        }
        return Math.max(1, cost);
    }
}
