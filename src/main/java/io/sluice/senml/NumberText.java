package io.sluice.senml;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Doubles as JSON numbers, in a form that reads back as the same double. Whole numbers and those of few decimals (times
 * to the microsecond, most readings) take a path without garbage, the others Jackson's shortest form.
 */
final class NumberText {
    /** As in {@code -2.2250738585072014e-308}. */
    static final int MAX_LENGTH = 24;

    private static final double EXACT = 1L << 53;
    private static final int MAX_DECIMALS = 6;

    private NumberText() {}

    static void write(double number, JsonBuffer to) {
        double magnitude = Math.abs(number);
        if (number == 0 ? 1 / number > 0 : magnitude < EXACT && magnitude == Math.rint(magnitude)) {
            to.integer((long) number);
            return;
        }
        double power = 1;
        for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++) {
            power *= 10;
            double scaled = Math.rint(magnitude * power);
            // Both are exact, so their quotient is what a reader of these digits gets.
            if (scaled < EXACT && scaled / power == magnitude && number != 0) {
                to.decimal(number < 0, (long) scaled, (long) power, decimals);
                return;
            }
        }
        to.ascii(shortest(number));
    }

    /** RFC 8428 section 5.1 wants a lower-case {@code e}. */
    private static String shortest(double number) {
        String text = NumberOutput.toString(number, true);
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        int mantissa = text.startsWith(".0E", exponent - 2) ? exponent - 2 : exponent;
        return text.substring(0, mantissa) + "e" + text.substring(exponent + 1);
    }
}
