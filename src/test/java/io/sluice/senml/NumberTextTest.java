package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    private static final long SEED = Seeds.next();
    private final JsonBuffer buffer = new JsonBuffer();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0.0",
        "812, 812",
        "-5, -5",
        "23.1, 23.1",
        "-0.5, -0.5",
        "0.05, 0.05",
        "100.25, 100.25",
        "1763632800.123, 1763632800.123",
        "1763632800.123456, 1763632800.123456",
        "9007199254740991, 9007199254740991",
        "-9007199254740991, -9007199254740991",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "1.5e-9, 1.5e-9",
        "1e22, 1e22",
        "1.25e300, 1.25e300",
        "4.9e-324, 4.9e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0.1000000000000001, 0.1000000000000001",
        "60.07965, 60.07965"
    })
    void writesTheShortForm(double number, String text) {
        assertThat(written(number)).isEqualTo(text);
    }

    @Test
    void readsBackAsTheSameDouble() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 200_000; i++) {
            double number = number(random);
            String text = written(number);
            assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
                    .as("%s of seed %d", text, SEED)
                    .isEqualTo(Double.doubleToLongBits(number));
            assertThat(text.length()).as(text).isLessThanOrEqualTo(NumberText.MAX_LENGTH);
            assertThat(text).doesNotContain("E");
        }
    }

    private static double number(SplittableRandom random) {
        double number = switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 ->
                BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(12))
                        .doubleValue();
            case 2 -> random.nextLong() >> random.nextInt(64);
            default -> 1.7e9 + random.nextDouble() * 1e8;
        };
        return Double.isFinite(number) ? number : 0;
    }

    private String written(double number) {
        buffer.clear();
        NumberText.write(number, buffer);
        return new String(buffer.toBytes(), StandardCharsets.US_ASCII);
    }
}
