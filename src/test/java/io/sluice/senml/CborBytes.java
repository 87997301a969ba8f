package io.sluice.senml;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Writes CBOR for tests. With a source of randomness it picks any of the forms that an item may take. */
final class CborBytes {
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final SplittableRandom forms;

    CborBytes() {
        this(null);
    }

    CborBytes(SplittableRandom forms) {
        this.forms = forms;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    CborBytes integer(BigInteger value) {
        boolean negative = value.signum() < 0;
        return head(negative ? 1 : 0, (negative ? value.not() : value).longValue());
    }

    CborBytes integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    CborBytes number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        if (whole && random(2) == 0) {
            return integer((long) value);
        }
        if (value == (float) value && random(2) == 0) {
            out.write(0xFA);
            out.writeBytes(ByteBuffer.allocate(4).putFloat((float) value).array());
            return this;
        }
        out.write(0xFB);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
        return this;
    }

    CborBytes half(int bits) {
        out.write(0xF9);
        out.write(bits >> 8);
        out.write(bits);
        return this;
    }

    CborBytes decimalFraction(int exponent, BigInteger mantissa) {
        return head(6, 4).head(4, 2).integer(exponent).integer(mantissa);
    }

    /** The bignum's octets are the magnitude; the negative one is -1 less it. */
    CborBytes decimalFractionOfBignum(int exponent, boolean negative, BigInteger magnitude) {
        return head(6, 4).head(4, 2).integer(exponent).head(6, negative ? 3 : 2).bytes(magnitude.toByteArray());
    }

    CborBytes truth(boolean value) {
        out.write(value ? 0xF5 : 0xF4);
        return this;
    }

    CborBytes text(String text) {
        return string(3, text.getBytes(StandardCharsets.UTF_8), text.length());
    }

    CborBytes bytes(byte[] bytes) {
        return string(2, bytes, bytes.length);
    }

    /** Members or elements are to be written by the task; {@code count} of them. */
    CborBytes container(int major, int count, Runnable content) {
        if (random(3) == 1) {
            out.write(major << 5 | INDEFINITE);
            content.run();
            out.write(BREAK);
        } else {
            head(major, count);
            content.run();
        }
        return this;
    }

    private CborBytes string(int major, byte[] octets, int characters) {
        boolean chunked = random(4) == 1 && octets.length == characters;
        if (!chunked) {
            head(major, octets.length);
            out.writeBytes(octets);
            return this;
        }
        int cut = random(octets.length + 1);
        out.write(major << 5 | INDEFINITE);
        head(major, cut);
        out.write(octets, 0, cut);
        head(major, octets.length - cut);
        out.write(octets, cut, octets.length - cut);
        out.write(BREAK);
        return this;
    }

    private CborBytes head(int major, long argument) {
        int least = argument < 0 || argument >= 1L << 32
                ? 4
                : argument >= 1 << 16 ? 3 : argument >= 1 << 8 ? 2 : argument >= 24 ? 1 : 0;
        int form = Math.max(least, random(8) == 1 ? random(5) : 0);
        if (form == 0) {
            out.write(major << 5 | (int) argument);
            return this;
        }
        out.write(major << 5 | 23 + form);
        byte[] eight = ByteBuffer.allocate(8).putLong(argument).array();
        int octets = 1 << form - 1;
        out.write(eight, 8 - octets, octets);
        return this;
    }

    private int random(int bound) {
        return forms == null ? 0 : forms.nextInt(bound);
    }
}
