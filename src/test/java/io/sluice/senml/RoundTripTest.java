package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Readings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private final JsonPackDecoder json = new JsonPackDecoder(DecoderLimits.DEFAULT);
    private final CborPackDecoder cbor = new CborPackDecoder(DecoderLimits.DEFAULT);
    private final ResolvedPackWriter writer = new ResolvedPackWriter();
    private final Readings readings = new Readings();

    @Test
    void jsonCborAndWhatIsWrittenAgree() {
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < Seeds.iterations() / 200; i++) {
            RandomPack pack = new RandomPack(random);
            List<ResolvedRecord> expected = pack.resolved();
            String about = "pack " + i + " of seed " + seed;

            assertThat(decode(json, pack.json())).as(about).isEqualTo(expected);
            byte[] written = writer.accepted(readings);
            assertThat(counted()).as(about).isGreaterThanOrEqualTo(written.length);
            assertThat(decode(cbor, pack.cbor())).as(about).isEqualTo(expected);
            assertThat(writer.accepted(readings)).as(about).isEqualTo(written);
            if (!expected.isEmpty()) {
                assertThat(decode(json, written))
                        .as("%s: %s", about, new String(written, StandardCharsets.UTF_8))
                        .isEqualTo(ResolvedRecord.inTimeOrder(expected));
            }
        }
    }

    private int counted() {
        int counted = ResolvedSize.PACK;
        for (int i = 0; i < readings.size(); i++) {
            String unit = readings.unit(i);
            counted += ResolvedSize.ofRecord(
                    readings.name(i).length(),
                    unit == null ? 0 : unit.getBytes(StandardCharsets.UTF_8).length,
                    readings.type(i),
                    readings.text(i),
                    !Double.isNaN(readings.sum(i)),
                    !Double.isNaN(readings.updateTime(i)));
        }
        return counted;
    }

    private List<ResolvedRecord> decode(PackDecoder decoder, byte[] message) {
        assertThat(decoder.decode(message, 0, message.length, RandomPack.NOW, readings))
                .isEqualTo(Outcome.DECODED);
        return ResolvedRecord.of(readings);
    }
}
