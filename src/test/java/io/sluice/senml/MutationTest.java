package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.RejectCode;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/**
 * A million mutants of the vectors, half of them for each decoder, in every build. Whatever comes in, an {@link Outcome} comes out,
 * allocation stays in proportion to the message, and what was accepted can be written and read again.
 */
class MutationTest {
    /** A one-octet key of an ignored map costs a node of a hash set; nothing costs more per octet. */
    private static final long FACTOR = 100;
    /** The tables of the readings. */
    private static final long CONSTANT = 64 * 1024;

    private static final Set<RejectCode> CODES =
            EnumSet.of(RejectCode.MALFORMED, RejectCode.TOO_LARGE, RejectCode.TOO_MANY_RECORDS);

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
        List<byte[]> packs = messages(v -> v.json() == json && !v.isRefused());
        List<byte[]> all = messages(v -> v.json() == json);
        JsonPackDecoder reader = new JsonPackDecoder(DecoderLimits.DEFAULT);
        // Loading classes allocates too, and is no message's fault.
        for (byte[] message : all) {
            tryOne(decoder, reader, message, Long.MAX_VALUE);
        }
        decoded = 0;
        refused = 0;
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < Seeds.iterations(); i++) {
            // Most of the vectors are refused, and most mutants of those do not get far.
            byte[] message = mutated(random.nextInt(4) == 0 ? all : packs, random);
            try {
                tryOne(decoder, reader, message, FACTOR * message.length + CONSTANT);
            } catch (Throwable e) {
                fail(
                        "message %d of seed %d: %s"
                                .formatted(i, seed, HexFormat.of().formatHex(message)),
                        e);
            }
        }
        System.out.printf("%d mutants: %d are packs still, %d are none%n", decoded + refused, decoded, refused);
        assertThat(decoded + refused).isEqualTo(Seeds.iterations());
        assertThat(decoded).as("mutants that are still packs").isGreaterThan(Seeds.iterations() / 50);
        assertThat(refused).as("mutants that are none").isGreaterThan(Seeds.iterations() / 50);
    }

    private static List<byte[]> messages(Predicate<PackVector> which) {
        return PackVector.all()
                .map(Named::getPayload)
                .filter(which)
                .map(PackVector::message)
                .filter(message -> message.length > 0 && message.length < 2_000)
                .toList();
    }

    /** Without AssertJ, which takes longer than the decoders. */
    private void tryOne(PackDecoder decoder, JsonPackDecoder reader, byte[] message, long most) {
        long before = threads.getCurrentThreadAllocatedBytes();
        Outcome outcome = decoder.decode(message, 0, message.length, RandomPack.NOW, readings);
        long spent = threads.getCurrentThreadAllocatedBytes() - before;
        check(spent < most, "it allocates %d octets", spent);
        if (outcome instanceof Outcome.Refused) {
            refused++;
            Outcome.Refused why = (Outcome.Refused) outcome;
            check(CODES.contains(why.code()), "it is refused as %s", why.code());
            check(why.detail().length() < 100, "its detail is long: %s", why.detail());
            check(isClean(why.detail()), "its detail has a control character: %s", why.detail());
            return;
        }
        decoded++;
        if (readings.size() > 0) {
            byte[] written = writer.accepted(readings);
            check(written.length <= DecoderLimits.DEFAULT.maxResolvedBytes(), "%d octets written", written.length);
            Outcome read = reader.decode(written, 0, written.length, RandomPack.NOW, again);
            check(read == Outcome.DECODED, "what was written reads as %s", read);
            check(again.size() == readings.size(), "%d records read", again.size());
        }
    }

    private static boolean isClean(String detail) {
        for (int i = 0; i < detail.length(); i++) {
            if (Character.isISOControl(detail.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void check(boolean right, String what, Object about) {
        if (!right) {
            throw new AssertionError(what.formatted(about));
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
