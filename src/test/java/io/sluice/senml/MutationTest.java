package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.RejectCode;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, an {@link Outcome} comes out, allocation stays in proportion to the message, and what was accepted can
 * be written and read again.
 */
class MutationTest {
    /** A one-octet key of an ignored map costs a node of a hash set; nothing costs more per octet. */
    private static final long FACTOR = 100;
    /** A fresh JSON parser after an error, the tables of the readings. */
    private static final long CONSTANT = 64 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ResolvedPackWriter writer = new ResolvedPackWriter();
    private final Readings readings = new Readings();
    private final Readings again = new Readings();
    private int decoded;
    private int refused;

    @Test
    void json() {
        mutate(true, new JsonPackDecoder(DecoderLimits.DEFAULT));
    }

    @Test
    void cbor() {
        mutate(false, new CborPackDecoder(DecoderLimits.DEFAULT));
    }

    private void mutate(boolean json, PackDecoder decoder) {
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> seeds = PackVector.all()
                .map(Named::getPayload)
                .filter(v -> v.json() == json && v.message().length > 0 && v.message().length < 2_000)
                .map(PackVector::message)
                .toList();
        JsonPackDecoder reader = new JsonPackDecoder(DecoderLimits.DEFAULT);
        for (int i = 0; i < Seeds.iterations() / 2; i++) {
            byte[] message = mutated(seeds, random);
            try {
                tryOne(decoder, reader, message);
            } catch (Throwable e) {
                fail(
                        "message %d of seed %d: %s"
                                .formatted(i, seed, HexFormat.of().formatHex(message)),
                        e);
            }
        }
        assertThat(decoded).as("mutants that are still packs").isGreaterThan(Seeds.iterations() / 100);
        assertThat(refused).as("mutants that are none").isGreaterThan(Seeds.iterations() / 100);
    }

    private void tryOne(PackDecoder decoder, JsonPackDecoder reader, byte[] message) {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        Outcome outcome = decoder.decode(message, 0, message.length, RandomPack.NOW, readings);
        long spent = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(spent).isLessThan(FACTOR * message.length + CONSTANT);
        if (outcome instanceof Outcome.Refused) {
            refused++;
            RejectCode code = ((Outcome.Refused) outcome).code();
            assertThat(code).isIn(RejectCode.MALFORMED, RejectCode.TOO_LARGE, RejectCode.TOO_MANY_RECORDS);
            assertThat(((Outcome.Refused) outcome).detail()).hasSizeLessThan(100);
            return;
        }
        decoded++;
        if (readings.size() > 0) {
            byte[] written = writer.accepted(readings);
            assertThat(written.length).isLessThanOrEqualTo(DecoderLimits.DEFAULT.maxResolvedBytes());
            assertThat(reader.decode(written, 0, written.length, RandomPack.NOW, again))
                    .isEqualTo(Outcome.DECODED);
            assertThat(again.size()).isEqualTo(readings.size());
        }
    }

    private static byte[] mutated(List<byte[]> seeds, SplittableRandom random) {
        byte[] message = seeds.get(random.nextInt(seeds.size())).clone();
        for (int n = 1 + random.nextInt(3); n > 0 && message.length > 0; n--) {
            int at = random.nextInt(message.length);
            switch (random.nextInt(6)) {
                case 0 -> message[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> message[at] = (byte) random.nextInt(256);
                case 2 -> message = Arrays.copyOf(message, at);
                case 3 -> message = spliced(message, at, seeds.get(random.nextInt(seeds.size())), random);
                case 4 -> message = spliced(message, at, message, random);
                default -> message = without(message, at, 1 + random.nextInt(4));
            }
        }
        return message;
    }

    private static byte[] spliced(byte[] message, int at, byte[] other, SplittableRandom random) {
        int from = random.nextInt(other.length);
        int length = random.nextInt(other.length - from);
        byte[] out = new byte[message.length + length];
        System.arraycopy(message, 0, out, 0, at);
        System.arraycopy(other, from, out, at, length);
        System.arraycopy(message, at, out, at + length, message.length - at);
        return out;
    }

    private static byte[] without(byte[] message, int at, int count) {
        int end = Math.min(message.length, at + count);
        byte[] out = Arrays.copyOf(message, message.length - (end - at));
        System.arraycopy(message, end, out, at, message.length - end);
        return out;
    }
}
