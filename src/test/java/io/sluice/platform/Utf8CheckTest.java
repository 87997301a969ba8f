package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the JDK's decoder, under masks, and in pieces. */
class Utf8CheckTest {
    private static final int ROUNDS = 20_000;
    /** Where the rules change, and what is next to it. */
    private static final byte[] EDGES =
            HexFormat.of().parseHex("00207f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5f8fcfeff");

    private final Utf8Check check = new Utf8Check();
    private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(8);
    private final ByteBuf masked = Unpooled.buffer();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void agreesOnAllSequencesOfTwoOctets() {
        byte[] octets = new byte[2];
        for (int i = 0; i < 65_536; i++) {
            octets[0] = (byte) (i >> 8);
            octets[1] = (byte) i;
            agrees(octets, i);
        }
    }

    @Test
    void agreesOnSequencesOfFourOctetsAtTheEdges() {
        byte[] octets = new byte[4];
        for (int i = 0; i < EDGES.length * EDGES.length * EDGES.length * EDGES.length; i++) {
            for (int j = 0, rest = i; j < 4; j++, rest /= EDGES.length) {
                octets[j] = EDGES[rest % EDGES.length];
            }
            agrees(octets, i);
        }
    }

    /** Long enough for eight octets at a time; of all that is cut off, the first bad octet is at the same place. */
    @Test
    void findsTheFirstBadOctetHoweverTheTextIsCut() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = text();
            int bad = text.length;
            if (random.nextInt(3) > 0) {
                // No text has one of these anywhere.
                bad = random.nextInt(text.length);
                text[bad] = (byte) (0xf8 + random.nextInt(8));
            }
            assertThat(firstBad(text, random.nextInt(), 1 + random.nextInt(text.length)))
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(text))
                    .isEqualTo(bad);
        }
    }

    private byte[] text() {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            text.append(random.nextInt(5) > 0 ? "x" : new String[] {"µ", "€", "😀"}[random.nextInt(3)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void agrees(byte[] octets, int mask) {
        boolean valid = firstBad(octets, mask, octets.length) == octets.length && check.isComplete();
        if (valid != isText(octets)) {
            throw new AssertionError("valid is " + valid + ": " + HexFormat.of().formatHex(octets));
        }
    }

    private int firstBad(byte[] octets, int mask, int pieces) {
        masked.clear();
        for (int i = 0; i < octets.length; i++) {
            masked.writeByte(octets[i] ^ mask >>> 24 - 8 * (i & 3));
        }
        check.reset();
        for (int at = 0; at < octets.length; at += pieces) {
            int end = Math.min(at + pieces, octets.length);
            int bad = check.firstBad(masked, at, end, Integer.rotateLeft(mask, 8 * at));
            if (bad < end) {
                return bad;
            }
        }
        return octets.length;
    }

    private boolean isText(byte[] octets) {
        return !jdk.reset()
                .decode(ByteBuffer.wrap(octets), characters.clear(), true)
                .isError();
    }
}
