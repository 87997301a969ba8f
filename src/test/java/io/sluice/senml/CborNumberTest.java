package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against BigDecimal and BigInteger, which round right. */
class CborNumberTest {
    private static final long SEED = Seeds.next();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void integersRoundRight() throws PackException {
        for (int i = 0; i < 50_000; i++) {
            BigInteger integer = integer();
            assertThat(read(new CborBytes().integer(integer)))
                    .as("%s of seed %d", integer, SEED)
                    .isEqualTo(integer.doubleValue());
        }
    }

    @Test
    void decimalFractionsRoundRight() throws PackException {
        for (int i = 0; i < 50_000; i++) {
            BigInteger mantissa = integer();
            int exponent = random.nextInt(-340, 320);
            double expected = new BigDecimal(mantissa, -exponent).doubleValue();
            assertThat(read(new CborBytes().decimalFraction(exponent, mantissa)))
                    .as("%se%d of seed %d", mantissa, exponent, SEED)
                    .isEqualTo(expected);
        }
    }

    /** Mantissas of up to 1,024 bits, whose exponents take them to all of a double's range and just beyond. */
    @Test
    void decimalFractionsOfBignumsRoundRight() throws PackException {
        for (int i = 0; i < 5_000; i++) {
            BigInteger magnitude = bits(1 + random.nextInt(1_024));
            boolean negative = random.nextBoolean();
            BigInteger mantissa = negative ? magnitude.not() : magnitude;
            int exponent = random.nextInt(-660, 320);
            BigDecimal exact = new BigDecimal(mantissa, -exponent);
            double found = read(new CborBytes().decimalFractionOfBignum(exponent, negative, magnitude));
            assertThat(NearestDouble.is(found, exact))
                    .as("%se%d read as %s, seed %d", mantissa, exponent, found, SEED)
                    .isTrue();
        }
    }

    private BigInteger bits(int count) {
        byte[] octets = new byte[(count + 7) / 8];
        random.nextBytes(octets);
        return new BigInteger(1, octets);
    }

    @Test
    void halvesAreWhatTheirBitsSay() throws PackException {
        for (int bits = 0; bits < 0x10000; bits++) {
            int exponent = bits >> 10 & 0x1F;
            double magnitude = exponent == 0
                    ? (bits & 0x3FF) * Math.pow(2, -24)
                    : (1 + (bits & 0x3FF) / 1024.0) * Math.pow(2, exponent - 15);
            double expected = exponent == 0x1F ? Double.NaN : (bits & 0x8000) == 0 ? magnitude : -magnitude;
            assertThat(read(new CborBytes().half(bits))).isEqualTo(Double.valueOf(expected));
        }
    }

    private double read(CborBytes item) throws PackException {
        byte[] octets = item.toBytes();
        CborReader reader = new CborReader();
        reader.reset(octets, 0, octets.length);
        reader.head();
        double number = CborNumber.read(reader);
        assertThat(reader.atEnd()).isTrue();
        return number;
    }

    private BigInteger integer() {
        BigInteger magnitude = new BigInteger(Long.toUnsignedString(random.nextLong() >>> random.nextInt(64)));
        return random.nextBoolean() ? magnitude : magnitude.not();
    }
}
