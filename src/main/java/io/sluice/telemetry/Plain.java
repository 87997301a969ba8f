package io.sluice.telemetry;

/** Numbers for sentences: whole ones without a fraction, so that a person reads 812 and not 812.0. */
final class Plain {
    private static final double WHOLE_BELOW = 1e15;

    private Plain() {}

    static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < WHOLE_BELOW
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
