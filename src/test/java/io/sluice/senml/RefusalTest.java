package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Readings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A refusal tells where and why, and repeats nothing of the payload. */
class RefusalTest {
    private final JsonPackDecoder json = new JsonPackDecoder(DecoderLimits.DEFAULT);
    private final CborPackDecoder cbor = new CborPackDecoder(DecoderLimits.DEFAULT);
    private final Readings readings = new Readings();

    @Test
    void jsonTellsTheRecordAndTheLabel() {
        assertThat(json("[{\"n\":\"a\",\"v\":1},{\"n\":\"a\",\"v\":\"secret\"}]"))
                .isEqualTo("record 1: v is not a finite number");
        assertThat(json("[{\"n\":\"a\",\"v\":1,\"secret_\":1}]")).isEqualTo("record 0: an unknown label ends in _");
        assertThat(json("[{\"n\":\"secret secret\",\"v\":1}]"))
                .isEqualTo("record 0: the name has a character that names may not have");
    }

    @Test
    void jsonTellsTheOctetOfThisMessageWhateverCameBefore() {
        for (int i = 0; i < 3; i++) {
            assertThat(json("[{\"n\":\"a\",\"v\":1}]")).isEmpty();
        }
        assertThat(json("[{\"n\":secret}]")).isEqualTo("octet 6: not valid JSON");
        assertThat(json("[{\"n\":secret}]")).isEqualTo("octet 6: not valid JSON");
        assertThat(json("[{\"n\":\"a\"")).isEqualTo("octet 9: the message ends too early");
    }

    @Test
    void cborTellsTheRecordOrTheOctet() {
        assertThat(cbor("81a2006161 026173")).isEqualTo("record 0: v is not a finite number");
        assertThat(cbor("81a2006161 02")).isEqualTo("octet 6: the message ends too early");
    }

    private String json(String message) {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        return detail(json.decode(octets, 0, octets.length, 0, readings));
    }

    private String cbor(String message) {
        byte[] octets = HexFormat.of().parseHex(message.replace(" ", ""));
        return detail(cbor.decode(octets, 0, octets.length, 0, readings));
    }

    private static String detail(Outcome outcome) {
        return outcome instanceof Outcome.Refused ? ((Outcome.Refused) outcome).detail() : "";
    }
}
