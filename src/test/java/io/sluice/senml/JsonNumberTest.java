package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Readings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** JSON numbers of any length round right; against exact arithmetic. */
class JsonNumberTest {
    private static final long SEED = Seeds.next();

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Readings readings = new Readings();
    private final JsonPackDecoder decoder = new JsonPackDecoder(DecoderLimits.DEFAULT);

    @Test
    void roundRightHoweverLongTheyAre() {
        for (int i = 0; i < 4_000; i++) {
            check(number(random.nextInt(3) == 0 ? 120 + random.nextInt(20) : 1 + random.nextInt(1_500)));
        }
    }

    /** Halfway between two doubles, exactly or all but: what a reader that drops digits gets wrong. */
    @Test
    void roundRightCloseToTheMiddleOfTwoDoubles() {
        for (int i = 0; i < 4_000; i++) {
            double low = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (Double.isFinite(low) && Double.isFinite(Math.nextUp(low))) {
                BigDecimal middle = new BigDecimal(low)
                        .add(new BigDecimal(Math.nextUp(low)))
                        .divide(BigDecimal.valueOf(2));
                String digits = middle.toPlainString();
                check(digits);
                String zeros = "0".repeat(1 + random.nextInt(1_200));
                check((digits.contains(".") ? digits : digits + ".0") + zeros + "1");
            }
        }
    }

    /** Decimals and exponent that cancel out, or all but; and exponents that no int holds. */
    @Test
    void addDecimalsAndExponentHoweverManyTheyAre() {
        String tiny = "0." + "0".repeat(9_998) + "1";
        for (String text : List.of(
                tiny + "e9999",
                tiny + "e10020",
                tiny + "e-1",
                "1" + "0".repeat(9_999) + "e-9999",
                "1e-400",
                "-0e999",
                "12e-2")) {
            check(text);
        }
        for (String text : List.of(tiny + "e20000", "1e99999999999999999999", "1e400")) {
            assertThat(decode(text)).as(text).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(decode("1e-99999999999999999999")).isEqualTo(Outcome.DECODED);
        assertThat(readings.number(0)).isZero();
    }

    private Outcome decode(String number) {
        byte[] message = ("[{\"n\":\"a\",\"v\":" + number + "}]").getBytes(StandardCharsets.US_ASCII);
        return decoder.decode(message, 0, message.length, 0, readings);
    }

    private void check(String text) {
        BigDecimal exact = new BigDecimal(text);
        double found = decode(text) == Outcome.DECODED ? readings.number(0) : Double.POSITIVE_INFINITY * exact.signum();
        assertThat(NearestDouble.is(found, exact))
                .as("%s read as %s, seed %d", text, found, SEED)
                .isTrue();
    }

    private String number(int digits) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int point = random.nextInt(digits + 1);
        text.append(point == 0 ? '0' : (char) ('1' + random.nextInt(9)));
        for (int i = 1; i < digits; i++) {
            if (i == Math.max(1, point)) {
                text.append('.');
            }
            text.append(random.nextInt(4) == 0 ? '0' : (char) ('0' + random.nextInt(10)));
        }
        if (random.nextBoolean()) {
            text.append('e').append(random.nextInt(-330, 300) - point);
        }
        return text.toString();
    }
}
