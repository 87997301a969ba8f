package io.sluice.senml;

import java.math.BigDecimal;

/** Whether a double is the one that an exact number rounds to, found without any conversion that could be wrong itself. */
final class NearestDouble {
    /** Halfway from the greatest double to where the next one would be. */
    private static final BigDecimal TOO_GREAT = new BigDecimal(Double.MAX_VALUE)
            .add(new BigDecimal(Math.ulp(Double.MAX_VALUE)).divide(BigDecimal.valueOf(2)));

    private NearestDouble() {}

    static boolean is(double found, BigDecimal exact) {
        if (Double.isNaN(found)) {
            return false;
        }
        if (Double.isInfinite(found)) {
            return exact.abs().compareTo(TOO_GREAT) >= 0 && (exact.signum() > 0) == (found > 0);
        }
        BigDecimal here = distance(exact, found);
        return isNoFarther(here, distance(exact, Math.nextUp(found)), found)
                && isNoFarther(here, distance(exact, Math.nextDown(found)), found)
                && exact.abs().compareTo(TOO_GREAT) < 0;
    }

    private static boolean isNoFarther(BigDecimal here, BigDecimal there, double found) {
        int order = here.compareTo(there);
        boolean even = (Double.doubleToLongBits(found) & 1) == 0;
        return order < 0 || order == 0 && even;
    }

    private static BigDecimal distance(BigDecimal exact, double to) {
        // Beyond the greatest double, where the next one would be.
        BigDecimal there = Double.isInfinite(to)
                ? new BigDecimal(Math.copySign(Double.MAX_VALUE, to))
                        .add(new BigDecimal(Math.copySign(Math.ulp(Double.MAX_VALUE), to)))
                : new BigDecimal(to);
        return exact.subtract(there).abs();
    }
}
