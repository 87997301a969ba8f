package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.telemetry.Readings;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What a reading costs in garbage once the decoder is warm, and what the worst messages cost. */
class AllocationTest {
    private static final double NOW = 1_763_632_800;
    private static final int MESSAGES = 2_000;
    private static final int LARGEST = 64 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Readings readings = new Readings();

    @Test
    void warmJsonReadingsCostLittle() {
        byte[] ten =
                ("[{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"bt\":1763632800.5,\"n\":\"a\",\"u\":\"Cel\",\"v\":21.5}"
                                + ",{\"n\":\"b\",\"t\":-1.25,\"u\":\"%RH\",\"v\":40.25}".repeat(9) + "]")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] one = "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}]".getBytes(StandardCharsets.UTF_8);
        JsonPackDecoder decoder = new JsonPackDecoder(DecoderLimits.DEFAULT);
        assertThat(perReading(decoder, ten, 10)).isLessThan(40);
        assertThat(perReading(decoder, one, 1)).isLessThan(100);
    }

    @Test
    void warmCborReadingsCostLittle() {
        String first = "a5 21 63 70 37 3a 22 fb 41da 47bf 0820 0000 00 61 61 01 63 43 65 6c 02 f9 3c00";
        String more = "a3 00 61 62 06 20 02 fb 3ff199999999999a";
        byte[] ten = hex("8a" + first + more.repeat(9));
        byte[] one = hex("81" + first);
        CborPackDecoder decoder = new CborPackDecoder(DecoderLimits.DEFAULT);
        assertThat(perReading(decoder, ten, 10)).isLessThan(20);
        assertThat(perReading(decoder, one, 1)).isLessThan(50);
    }

    @Test
    void warmWriterCostsWhatItWrites() {
        byte[] ten = ("[{\"bn\":\"p:\",\"bt\":1763632800.5,\"n\":\"a\",\"u\":\"Cel\",\"v\":21.5}"
                        + ",{\"n\":\"b\",\"t\":-1.25,\"v\":40.25}".repeat(9) + "]")
                .getBytes(StandardCharsets.UTF_8);
        decode(new JsonPackDecoder(DecoderLimits.DEFAULT), ten);
        ResolvedPackWriter writer = new ResolvedPackWriter();
        int size = writer.accepted(readings).length;
        long spent = spent(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                writer.accepted(readings);
            }
        });
        assertThat(spent / MESSAGES).isLessThan(size + 64L);
    }

    @Test
    void lengthsThatLieCostNothing() {
        for (String message : new String[] {
            "9bffffffffffffffff",
            "9a7fffffff",
            "81ba7fffffff",
            "81a1007a7fffffff",
            "81a2006161085a7fffffff",
            "81a3006161020109" + "9a7fffffff",
            "81a3006161020109" + "5f5a7fffffff"
        }) {
            CborPackDecoder decoder = new CborPackDecoder(DecoderLimits.DEFAULT);
            decoder.decode(hex(message), 0, message.length() / 2, NOW, readings);
            assertSmall(decoder, hex(message), 10_000);
        }
    }

    @Test
    void worstMessagesCostInProportion() {
        long most = 100L * LARGEST;
        CborPackDecoder cbor = new CborPackDecoder(DecoderLimits.DEFAULT);
        String ignored = "81a3006161020109";
        assertSmall(cbor, hex(ignored + "9f" + "a10000".repeat(21_000) + "ff"), most);
        assertSmall(cbor, hex(ignored + "9f" + "a200000100".repeat(13_000) + "ff"), most);
        assertSmall(cbor, hex(ignored + "7f" + "6161".repeat(32_000) + "ff"), most);
        assertSmall(cbor, distinctKeys(hex(ignored + "bf")), most);
        assertSmall(cbor, distinctKeys(hex("81bf00616102 01".replace(" ", ""))), most);
        JsonPackDecoder json = new JsonPackDecoder(DecoderLimits.DEFAULT);
        assertSmall(json, ("[{\"n\":\"a\",\"v\":1,\"x\":[" + "{\"a\":0},".repeat(7_000) + "0]}]"), most);
        assertSmall(json, ("[{\"n\":\"a\",\"vs\":\"" + "\\u00e9".repeat(10_000) + "\"}]"), most);
        StringBuilder labels = new StringBuilder("[{\"n\":\"a\",\"v\":1");
        for (int i = 0; i < 6_000; i++) {
            labels.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        assertSmall(json, labels + "}]", most);
    }

    /** Labels are the sender's to choose; the parser that remembers them must not grow from message to message. */
    @Test
    void foreignLabelsAreForgotten() {
        // 25,000 labels that were kept would take more than 10 MB.
        assertThat(keptOfForeignLabels(200, 30_000)).isLessThan(4_000_000);
    }

    /** 750 labels that were kept would take more than 80 MB, though they are not many. */
    @Test
    void longForeignLabelsAreForgotten() {
        assertThat(keptOfForeignLabels(60_000, 900)).isLessThan(4_000_000);
    }

    private long keptOfForeignLabels(int length, int messages) {
        JsonPackDecoder decoder = new JsonPackDecoder(DecoderLimits.DEFAULT);
        Runtime runtime = Runtime.getRuntime();
        String filler = "x".repeat(length);
        long used = 0;
        for (int i = 0; i < messages; i++) {
            if (i == messages / 6) {
                System.gc();
                used = runtime.totalMemory() - runtime.freeMemory();
            }
            decode(decoder, ("[{\"n\":\"a\",\"v\":1,\"" + filler + i + "\":0}]").getBytes(StandardCharsets.UTF_8));
        }
        System.gc();
        long kept = runtime.totalMemory() - runtime.freeMemory() - used;
        Reference.reachabilityFence(decoder);
        return kept;
    }

    private double perReading(PackDecoder decoder, byte[] message, int readingsInIt) {
        for (int i = 0; i < MESSAGES; i++) {
            decode(decoder, message);
        }
        long spent = spent(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                decoder.decode(message, 0, message.length, NOW, readings);
            }
        });
        double each = (double) spent / MESSAGES / readingsInIt;
        System.out.printf(
                "%s: %.1f octets a reading, %d a message%n", decoder.getClass().getSimpleName(), each, readingsInIt);
        return each;
    }

    private void decode(PackDecoder decoder, byte[] message) {
        assertThat(decoder.decode(message, 0, message.length, NOW, readings)).isEqualTo(Outcome.DECODED);
    }

    private void assertSmall(PackDecoder decoder, String message, long most) {
        assertSmall(decoder, message.getBytes(StandardCharsets.UTF_8), most);
    }

    private void assertSmall(PackDecoder decoder, byte[] message, long most) {
        assertThat(message.length).isLessThan(LARGEST + 1_000);
        long spent = spent(() -> decoder.decode(message, 0, message.length, NOW, readings));
        assertThat(spent).isLessThan(most);
    }

    private long spent(Runnable task) {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        task.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private static byte[] distinctKeys(byte[] start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(start);
        for (int i = 1_000; i < 17_000; i++) {
            out.writeBytes(new byte[] {0x19, (byte) (i >> 8), (byte) i, 0});
        }
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFF});
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
