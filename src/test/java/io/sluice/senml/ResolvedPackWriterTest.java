package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResolvedPackWriterTest {
    private static final double NOW = 1_763_632_800;
    private static final double NONE = Double.NaN;

    private final ResolvedPackWriter writer = new ResolvedPackWriter();
    private final Readings readings = new Readings();

    @Test
    void writesEveryKindOfRecord() {
        readings.add("a", "Cel", NOW + 0.123, ValueType.NUMBER, 23.1, null, NONE, NONE);
        readings.add("b", null, NOW + 1, ValueType.STRING, 0, "\"\\\n\u0000\u007fé€😀", NONE, 60);
        readings.add("c", null, NOW + 2, ValueType.BOOLEAN, 1, null, NONE, NONE);
        readings.add("c", null, NOW + 3, ValueType.BOOLEAN, 0, null, 0, NONE);
        readings.add("d", null, NOW + 4, ValueType.DATA, 0, "aGk", NONE, NONE);
        readings.add("e", "Wh", NOW + 5, ValueType.SUM_ONLY, 7, null, 1.5, NONE);
        assertThat(writer.accepted(readings))
                .asString()
                .isEqualTo("[{\"n\":\"a\",\"u\":\"Cel\",\"t\":1763632800.123,\"v\":23.1},"
                        + "{\"n\":\"b\",\"t\":1763632801,\"vs\":\"\\\"\\\\\\u000a\\u0000\u007fé€😀\",\"ut\":60},"
                        + "{\"n\":\"c\",\"t\":1763632802,\"vb\":true},"
                        + "{\"n\":\"c\",\"t\":1763632803,\"vb\":false,\"s\":0},"
                        + "{\"n\":\"d\",\"t\":1763632804,\"vd\":\"aGk\"},"
                        + "{\"n\":\"e\",\"u\":\"Wh\",\"t\":1763632805,\"s\":1.5}]");
    }

    @Test
    void writesTheAcceptedOrTheChosen() {
        for (int i = 0; i < 5; i++) {
            readings.add("m" + i, null, NOW, ValueType.NUMBER, i, null, NONE, NONE);
        }
        readings.refuse(1);
        readings.refuse(3);
        assertThat(names(writer.accepted(readings))).containsExactly("m0", "m2", "m4");
        assertThat(names(writer.chosen(readings, List.of(1, 3)))).containsExactly("m1", "m3");
        assertThat(writer.chosen(readings, List.of())).asString().isEqualTo("[]");
    }

    @Test
    void ordersByTimeAndKeepsTheOrderWithinOne() {
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            readings.clear();
            int count = random.nextInt(300);
            for (int i = 0; i < count; i++) {
                readings.add("m" + i, null, NOW + random.nextInt(20), ValueType.NUMBER, i, null, NONE, NONE);
            }
            List<ResolvedRecord> expected = ResolvedRecord.inTimeOrder(ResolvedRecord.of(readings));
            assertThat(names(writer.accepted(readings)))
                    .as("seed %d", seed)
                    .isEqualTo(expected.stream().map(ResolvedRecord::name).toList());
        }
    }

    private static List<String> names(byte[] pack) {
        if (pack.length == 2) {
            return List.of();
        }
        Readings again = new Readings();
        assertThat(new JsonPackDecoder(DecoderLimits.DEFAULT).decode(pack, 0, pack.length, NOW, again))
                .isEqualTo(Outcome.DECODED);
        return ResolvedRecord.of(again).stream().map(ResolvedRecord::name).toList();
    }
}
