package io.sluice.senml;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/**
 * One number of a JSON text (RFC 8259 section 6) at a time. Its value is made when it is asked for: where its digits and
 * the power of ten behind them are both exact doubles, by one multiplication or division, which rounds as it should; else
 * by a library from its text.
 */
final class JsonNumber {
    /** Beyond this the JDK reads a number: in linear time, while it leaves out digits that no double can tell. */
    private static final int LONG_NUMBER = 128;

    private static final long EXACT = 1L << 53;
    /** So many decimal digits are below 2^63. */
    private static final int SAFE_DIGITS = 18;

    /** Beyond any number of decimals that a message has room for, so that the two cannot cancel out. */
    private static final int LARGEST_EXPONENT = 100_000_000;

    private static final double[] POWERS = new double[23];

    static {
        // Powers of ten up to the 22nd are exact.
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private int from;
    private int to;
    private int wrongAt;
    private boolean negative;
    private long digits;
    private int significant;
    private int exponent;

    /**
     * @param at where it should begin
     * @return the octet behind it; or -1 if there is none, then {@link #wrongAt} tells
     */
    int read(byte[] octets, int at, int end) {
        from = at;
        digits = 0;
        significant = 0;
        exponent = 0;
        negative = at < end && octets[at] == '-';
        int next = whole(octets, negative ? at + 1 : at, end);
        if (next >= 0 && next < end && octets[next] == '.') {
            next = fraction(octets, next + 1, end);
        }
        if (next >= 0 && next < end && (octets[next] == 'e' || octets[next] == 'E')) {
            next = exponent(octets, next + 1, end);
        }
        to = next;
        return next;
    }

    /** The octet that no number has there, or the end of the text. */
    int wrongAt() {
        return wrongAt;
    }

    /** Infinite where it is beyond all doubles. */
    double value(byte[] octets) {
        if (significant <= SAFE_DIGITS && digits <= EXACT && Math.abs(exponent) < POWERS.length) {
            double magnitude = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            return negative ? -magnitude : magnitude;
        }
        String text = new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        return text.length() > LONG_NUMBER ? Double.parseDouble(text) : NumberInput.parseDouble(text, true);
    }

    private int whole(byte[] octets, int at, int end) {
        if (at < end && octets[at] == '0') {
            return at + 1;
        }
        return digits(octets, at, end);
    }

    private int fraction(byte[] octets, int at, int end) {
        int next = digits(octets, at, end);
        exponent = at - next;
        return next;
    }

    /** At least one. */
    private int digits(byte[] octets, int at, int end) {
        int next = at;
        while (next < end && isDigit(octets[next])) {
            if (significant <= SAFE_DIGITS) {
                digits = digits * 10 + (octets[next] - '0');
                significant += digits == 0 ? 0 : 1;
            }
            next++;
        }
        return next == at ? wrong(at) : next;
    }

    private int exponent(byte[] octets, int at, int end) {
        boolean minus = at < end && octets[at] == '-';
        int first = minus || (at < end && octets[at] == '+') ? at + 1 : at;
        int given = 0;
        int next = first;
        while (next < end && isDigit(octets[next])) {
            given = Math.min(LARGEST_EXPONENT, given * 10 + (octets[next] - '0'));
            next++;
        }
        exponent += minus ? -given : given;
        return next == first ? wrong(first) : next;
    }

    private int wrong(int at) {
        wrongAt = at;
        return -1;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
