package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void agreesWithTheJdkOnEverySequenceOfThreeInterestingOctets() {
        int[] octets = {
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF
        };
        for (int a : octets) {
            for (int b : octets) {
                for (int c : octets) {
                    check(new byte[] {(byte) a, (byte) b, (byte) c});
                }
            }
        }
    }

    @Test
    void agreesWithTheJdkOnDamagedText() {
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] text = "aé€😀\u07FF\u0800\uFFFF\uD7FF\uE000\uDBFF\uDFFF".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = text.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            check(damaged);
        }
    }

    private static void check(byte[] octets) {
        boolean valid;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            valid = true;
        } catch (CharacterCodingException e) {
            valid = false;
        }
        assertThat(Utf8.firstInvalid(octets, 0, octets.length) < 0)
                .as("%s", java.util.HexFormat.of().formatHex(octets))
                .isEqualTo(valid);
    }
}
