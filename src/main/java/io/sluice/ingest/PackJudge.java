package io.sluice.ingest;

import io.sluice.protocol.Encoding;
import io.sluice.senml.CborPackDecoder;
import io.sluice.senml.DecoderLimits;
import io.sluice.senml.JsonPackDecoder;
import io.sluice.senml.Outcome;
import io.sluice.senml.PackDecoder;
import io.sluice.senml.ResolvedPackWriter;
import io.sluice.telemetry.MetricName;
import io.sluice.telemetry.Profile;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.RejectCode;
import io.sluice.telemetry.Rejection;
import io.sluice.telemetry.Rules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a data message to what goes on the log: decoder, metric names, rules, resolved form. One per event loop, because
 * its columns and buffers are used again for every message; not thread-safe.
 */
final class PackJudge {
    private final PackDecoder json;
    private final PackDecoder cbor;
    private final Rules rules;
    private final ResolvedPackWriter writer = new ResolvedPackWriter();
    private final Readings readings = new Readings();

    PackJudge(DecoderLimits limits, Rules rules) {
        this.json = new JsonPackDecoder(limits);
        this.cbor = new CborPackDecoder(limits);
        this.rules = rules;
    }

    Judgement judge(
            String device, Profile profile, Rules.KnownMetrics metrics, byte[] message, Encoding as, long nowMs) {
        double now = nowMs / 1e3;
        Outcome outcome = (as == Encoding.JSON ? json : cbor).decode(message, 0, message.length, now, readings);
        if (outcome instanceof Outcome.Refused refused) {
            Rejection rejection = Rejection.ofMessage(refused.code(), refused.detail());
            return new Judgement(
                    null,
                    0,
                    List.of(new Judgement.Letter(rejection, message, as.contentType())),
                    refused.code() == RejectCode.MALFORMED);
        }
        for (int i = 0; i < readings.size(); i++) {
            readings.rename(i, MetricName.strip(device, readings.name(i)));
        }
        List<Rejection> rejections = rules.judge(readings, profile, metrics, now);
        byte @Nullable [] accepted = readings.acceptedCount() == 0 ? null : writer.accepted(readings);
        return new Judgement(accepted, readings.acceptedCount(), letters(rejections), false);
    }

    private List<Judgement.Letter> letters(List<Rejection> rejections) {
        if (rejections.isEmpty()) {
            return List.of();
        }
        List<Judgement.Letter> letters = new ArrayList<>(rejections.size());
        for (Rejection rejection : rejections) {
            byte[] records = writer.chosen(readings, rejection.records());
            letters.add(new Judgement.Letter(rejection, records, Encoding.JSON.contentType()));
        }
        return letters;
    }
}
