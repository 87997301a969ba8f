package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollupJsonTest {
    private static final long START = 1_763_632_800_000L;

    private static RollupItem numbers(double mean, double p50) {
        return new RollupItem(
                "pump-7",
                null,
                "temperature",
                "Cel",
                "1s",
                START,
                20,
                1.5,
                80,
                mean,
                0.1,
                -3,
                null,
                p50,
                p50,
                p50,
                false);
    }

    private static final RollupItem TEXT = new RollupItem(
            null,
            "line-3",
            "door",
            null,
            "10s",
            START,
            2,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            "\"shut\"",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            true);

    @Test
    void anItemHasTheMembersOfTheProtocol() {
        assertThat(new String(RollupJson.encode(numbers(40.25, Double.NaN)), StandardCharsets.UTF_8))
                .isEqualTo("{\"device\":\"pump-7\",\"metric\":\"temperature\",\"unit\":\"Cel\",\"window\":\"1s\","
                        + "\"start\":1763632800000,\"count\":20,\"min\":1.5,\"max\":80.0,\"mean\":40.25,"
                        + "\"stddev\":0.1,\"last\":-3.0,\"final\":false}");
        assertThat(new String(RollupJson.encode(numbers(1, 2)), StandardCharsets.UTF_8))
                .contains("\"p50\":2.0,\"p95\":2.0,\"p99\":2.0");
    }

    @Test
    void aTextItemSaysSoAndHasCountAndLastAlone() {
        assertThat(new String(RollupJson.encode(TEXT), StandardCharsets.UTF_8))
                .isEqualTo("{\"group\":\"line-3\",\"metric\":\"door\",\"window\":\"10s\",\"start\":1763632800000,"
                        + "\"count\":2,\"type\":\"string\",\"last\":\"\\\"shut\\\"\",\"final\":true}");
    }

    @Test
    void readsBackWhatItWrote() {
        RollupItem item = numbers(0.1 + 0.2, 3);
        assertThat(RollupJson.decode(RollupJson.encode(item))).isEqualTo(item);
        assertThat(RollupJson.decode(RollupJson.encode(TEXT)).lastText()).isEqualTo("\"shut\"");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_120})
    void everyFiniteDoubleReadsBackAsTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                RollupItem read = RollupJson.decode(RollupJson.encode(numbers(value, Double.NaN)));
                assertThat(Double.doubleToRawLongBits(read.mean())).isEqualTo(Double.doubleToRawLongBits(value));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"device\":\"a\"}", "{\"device\":\"a\",\"metric\":1", "null"})
    void refusesOtherBytes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RollupJson.decode(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aKeyIsAnArrayThatReadsBack() {
        RollupKey key = RollupKey.of(numbers(1, 1));
        assertThat(new String(key.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("[\"device\",\"pump-7\",\"temperature\",\"Cel\",\"1s\",1763632800000]");
        assertThat(RollupKey.fromBytes(key.toBytes())).isEqualTo(key);
        RollupKey ofGroup = RollupKey.of(TEXT);
        assertThat(new String(ofGroup.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("[\"group\",\"line-3\",\"door\",\"\",\"10s\",1763632800000]");
        assertThat(RollupKey.fromBytes(ofGroup.toBytes())).isEqualTo(ofGroup);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "[\"planet\",\"a\",\"b\",\"\",\"1s\",1]", "[\"device\",\"a\",\"b\",\"\",\"1s\"]"
            })
    void refusesOtherKeys(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RollupKey.fromBytes(text.getBytes(StandardCharsets.UTF_8)));
    }
}
