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
record Judgement(byte @Nullable [] pack, int accepted, List<Refusal> refusals, boolean malformed) {
    /**
     * @param value of the dead letter: the records in resolved form, or the raw message
     * @param contentType of the value
     */
    record Refusal(Rejection rejection, byte[] value, String contentType) {}

    /** Readings it costs at the rate limit. */
    int cost() {
        int cost = accepted;
        for (Refusal refusal : refusals) {
            cost += refusal.rejection().records().size();
        }
        return Math.max(1, cost);
    }
}
