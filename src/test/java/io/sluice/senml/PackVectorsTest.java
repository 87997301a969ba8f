package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Readings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table drives decoding, writing and decoding what was written. */
class PackVectorsTest {
    private final Readings readings = new Readings();

    static Stream<Named<PackVector>> vectors() {
        return PackVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodes(PackVector vector) {
        check(vector, vector.decoder().decode(vector.message(), 0, vector.message().length, vector.now(), readings));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesOutOfTheMiddleOfABuffer(PackVector vector) {
        byte[] message = vector.message();
        byte[] buffer = new byte[message.length + 20];
        Arrays.fill(buffer, (byte) '1');
        System.arraycopy(message, 0, buffer, 10, message.length);
        check(vector, vector.decoder().decode(buffer, 10, message.length, vector.now(), readings));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesWhatDecodesToTheSame(PackVector vector) {
        if (vector.isRefused() || !vector.expected().path("rewritable").asBoolean(true)) {
            return;
        }
        vector.decoder().decode(vector.message(), 0, vector.message().length, vector.now(), readings);
        List<ResolvedRecord> before = ResolvedRecord.of(readings);
        byte[] written = new ResolvedPackWriter().accepted(readings);
        assertThat(written.length).isLessThanOrEqualTo(vector.limits().maxResolvedBytes());
        if (before.isEmpty()) {
            assertThat(written).asString().isEqualTo("[]");
            return;
        }
        Readings again = new Readings();
        // Another time of arrival: a resolved pack must not depend on it.
        Outcome outcome = new JsonPackDecoder(DecoderLimits.DEFAULT).decode(written, 0, written.length, 1e9, again);
        assertThat(outcome).as("%s", new String(written)).isEqualTo(Outcome.DECODED);
        assertThat(ResolvedRecord.of(again)).isEqualTo(ResolvedRecord.inTimeOrder(before));
    }

    /** State of one message, broken ones too, must not show in the next. */
    @Test
    void oneDecoderTakesAllVectorsOneAfterTheOther() {
        PackDecoder json = new JsonPackDecoder(DecoderLimits.DEFAULT);
        PackDecoder cbor = new CborPackDecoder(DecoderLimits.DEFAULT);
        PackVector.all().map(Named::getPayload).forEach(vector -> {
            if (vector.limits().equals(DecoderLimits.DEFAULT)) {
                PackDecoder decoder = vector.json() ? json : cbor;
                check(vector, decoder.decode(vector.message(), 0, vector.message().length, vector.now(), readings));
            }
        });
    }

    private void check(PackVector vector, Outcome outcome) {
        if (vector.isRefused()) {
            assertThat(outcome).as(vector.name()).isInstanceOf(Outcome.Refused.class);
            Outcome.Refused refused = (Outcome.Refused) outcome;
            assertThat(refused.code().wireName())
                    .as("%s: %s", vector.name(), refused.detail())
                    .isEqualTo(vector.expected().get("code").asText());
            assertThat(refused.detail()).isNotBlank().hasSizeLessThan(100);
            return;
        }
        assertThat(outcome).as(vector.name()).isEqualTo(Outcome.DECODED);
        if (vector.expected().has("count")) {
            assertThat(readings.size()).isEqualTo(vector.expected().get("count").asInt());
        } else {
            assertThat(ResolvedRecord.of(readings))
                    .as(vector.name())
                    .isEqualTo(ResolvedRecord.of(vector.expected().get("records")));
        }
    }
}
