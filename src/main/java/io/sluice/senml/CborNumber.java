package io.sluice.senml;

import java.math.BigInteger;

/**
 * Numbers of a CBOR pack: integers, floats of all sizes, decimal fractions (tag 4; RFC 8428 section 6). A bignum (tags 2
 * and 3) is a number as the mantissa of a decimal fraction only; alone it is none, as any other tag is: section 11 says
 * {@code numeric = number / decfrac}, and CDDL's {@code number} has no bignums, but its {@code decfrac} does.
 */
final class CborNumber {
    private static final int BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;
    private static final int DECIMAL_FRACTION = 4;
    /** That of the greatest double; a greater mantissa says nothing more, but takes long to convert. */
    private static final int MAX_BIGNUM_OCTETS = 128;

    private static final int MAX_EXPONENT = 1_000_000;
    /** Up to here a double holds every integer and power of ten exactly, so one division or product rounds right. */
    private static final long EXACT_MANTISSA = 1L << 53;

    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private CborNumber() {}

    /** After a head: the number, or NaN where the item is none. */
    static double read(CborReader reader) throws PackException {
        return switch (reader.major()) {
            case CborReader.UNSIGNED -> unsigned(reader.argument());
            case CborReader.NEGATIVE -> negative(reader.argument());
            case CborReader.SIMPLE -> floating(reader.info(), reader.argument());
            case CborReader.TAG -> reader.argument() == DECIMAL_FRACTION ? decimalFraction(reader) : Double.NaN;
            default -> Double.NaN;
        };
    }

    private static double unsigned(long argument) {
        // Above 2^63: halve, keep the lost bit so that rounding sees it, double again.
        return argument >= 0 ? argument : (argument >>> 1 | argument & 1) * 2.0;
    }

    private static double negative(long argument) {
        return argument >= 0 ? -1 - argument : argument == -1 ? -0x1p64 : -unsigned(argument + 1);
    }

    private static double floating(int info, long bits) {
        return switch (info) {
            case CborReader.HALF -> half((int) bits);
            case CborReader.FLOAT -> Float.intBitsToFloat((int) bits);
            case CborReader.DOUBLE -> Double.longBitsToDouble(bits);
            default -> Double.NaN;
        };
    }

    private static double half(int bits) {
        int exponent = bits >>> 10 & 0x1F;
        int mantissa = bits & 0x3FF;
        double magnitude = exponent == 0
                ? mantissa * 0x1p-24
                : exponent == 0x1F ? Double.NaN : Math.scalb((double) (mantissa | 0x400), exponent - 25);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** An array of exponent and mantissa, both integers; the mantissa may be a bignum (RFC 8949 section 3.4.4). */
    private static double decimalFraction(CborReader reader) throws PackException {
        reader.head();
        boolean pair = reader.major() == CborReader.ARRAY && (reader.isIndefinite() || reader.argument() == 2);
        if (!pair) {
            throw reader.malformed("not a decimal fraction");
        }
        boolean indefinite = reader.isIndefinite();
        reader.head();
        int exponent = exponent(reader);
        reader.head();
        double number;
        if (reader.major() == CborReader.TAG) {
            number = scaledBignum(reader, exponent);
        } else {
            checkInteger(reader);
            number = scaled(reader.major() == CborReader.NEGATIVE, reader.argument(), exponent);
        }
        if (indefinite && !reader.atBreak()) {
            throw reader.malformed("not a decimal fraction");
        }
        return number;
    }

    private static void checkInteger(CborReader reader) throws PackException {
        if (reader.major() != CborReader.UNSIGNED && reader.major() != CborReader.NEGATIVE) {
            throw reader.malformed("not a decimal fraction");
        }
    }

    /** Clamped: beyond a million no mantissa that is taken gives anything but zero or infinity. */
    private static int exponent(CborReader reader) throws PackException {
        checkInteger(reader);
        long argument = reader.argument();
        int size = argument < 0 || argument > MAX_EXPONENT ? MAX_EXPONENT : (int) argument;
        return reader.major() == CborReader.NEGATIVE ? Math.max(-1 - size, -MAX_EXPONENT) : size;
    }

    private static double scaled(boolean negative, long argument, int exponent) {
        boolean exact = argument >= 0
                && argument < EXACT_MANTISSA
                && exponent < EXACT_POWERS.length
                && exponent > -EXACT_POWERS.length;
        if (exact) {
            double mantissa = negative ? -1 - argument : argument;
            return exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
        }
        String digits = !negative
                ? Long.toUnsignedString(argument)
                : argument == -1 ? "-18446744073709551616" : "-" + Long.toUnsignedString(argument + 1);
        return Double.parseDouble(digits + "e" + exponent);
    }

    /** A byte string, big-endian, leading zeros allowed; the negative one is -1 less it (RFC 8949 section 3.4.3). */
    private static double scaledBignum(CborReader reader, int exponent) throws PackException {
        long tag = reader.argument();
        reader.head();
        if ((tag != BIGNUM && tag != NEGATIVE_BIGNUM) || reader.major() != CborReader.BYTES) {
            throw reader.malformed("not a decimal fraction");
        }
        reader.string();
        byte[] octets = reader.stringOctets();
        int end = reader.stringOffset() + reader.stringLength();
        int from = reader.stringOffset();
        while (from < end && octets[from] == 0) {
            from++;
        }
        boolean negative = tag == NEGATIVE_BIGNUM;
        if (end - from <= Long.BYTES) {
            long argument = 0;
            for (int i = from; i < end; i++) {
                argument = argument << Byte.SIZE | octets[i] & 0xFF;
            }
            return scaled(negative, argument, exponent);
        }
        if (end - from > MAX_BIGNUM_OCTETS) {
            throw reader.malformed("a bignum of more than " + MAX_BIGNUM_OCTETS + " octets");
        }
        BigInteger magnitude = new BigInteger(1, octets, from, end - from);
        return Double.parseDouble((negative ? magnitude.not() : magnitude) + "e" + exponent);
    }
}
