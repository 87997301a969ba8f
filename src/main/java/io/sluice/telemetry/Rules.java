package io.sluice.telemetry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges resolved readings by a profile (device protocol section 3). Immutable, so threads may share one. */
public final class Rules {
    /** Which metrics a device has used so far; bounds how many it may invent. */
    public interface KnownMetrics {
        /** Whether the metric is known or, being new, still fits; it is then known. */
        boolean admit(String metric);
    }

    private final double futureToleranceSeconds;
    private final double pastToleranceSeconds;

    public Rules(double futureToleranceSeconds, double pastToleranceSeconds) {
        this.futureToleranceSeconds = futureToleranceSeconds;
        this.pastToleranceSeconds = pastToleranceSeconds;
    }

    /**
     * Marks failing records as refused and gives units to records that name none. A record is refused by the first
     * check it fails, in the order of the protocol's table. Allocates nothing where every record is good.
     *
     * @param readings their names are metrics already ({@link MetricName#strip})
     * @param now seconds since 1970
     * @return one rejection per code, in the order of first occurrence; its detail tells of the first record it hit
     */
    public List<Rejection> judge(Readings readings, Profile profile, KnownMetrics metrics, double now) {
        Map<String, MetricRule> rules = profile.metrics();
        Verdict verdict = null;
        for (int i = 0; i < readings.size(); i++) {
            MetricRule rule = rules.get(readings.name(i));
            RejectCode code = firstFailure(readings, i, rule, profile.strict(), metrics, now);
            if (code != null) {
                readings.refuse(i);
                if (verdict == null) {
                    verdict = new Verdict();
                }
                if (verdict.isNew(code)) {
                    verdict.begin(code, detail(code, readings, i, rule, profile, now));
                }
                verdict.add(code, i);
            }
        }
        return verdict == null ? List.of() : verdict.rejections();
    }

    private @Nullable RejectCode firstFailure(
            Readings readings, int i, @Nullable MetricRule rule, boolean strict, KnownMetrics metrics, double now) {
        if (strict && rule == null) {
            return RejectCode.UNKNOWN_METRIC;
        }
        RejectCode byRule = rule == null ? null : firstFailure(readings, i, rule);
        if (byRule != null) {
            return byRule;
        }
        if (readings.time(i) > now + futureToleranceSeconds) {
            return RejectCode.FUTURE_TIME;
        }
        if (readings.time(i) < now - pastToleranceSeconds) {
            return RejectCode.STALE_TIME;
        }
        // Last, so that a record which is refused anyway takes none of the device's places.
        return metrics.admit(readings.name(i)) ? null : RejectCode.TOO_MANY_METRICS;
    }

    private static @Nullable RejectCode firstFailure(Readings readings, int i, MetricRule rule) {
        String unit = rule.unit();
        if (unit != null) {
            if (readings.unit(i) == null) {
                readings.takeUnit(i, unit);
            } else if (!unit.equals(readings.unit(i))) {
                return RejectCode.WRONG_UNIT;
            }
        }
        ValueType type = readings.type(i);
        if (rule.type() != null && !agrees(type, rule.type())) {
            return RejectCode.WRONG_TYPE;
        }
        boolean inRange =
                type != ValueType.NUMBER || (readings.number(i) >= rule.min() && readings.number(i) <= rule.max());
        return inRange ? null : RejectCode.OUT_OF_RANGE;
    }

    /** A sum is a number's integral over time, so a record that carries nothing else suits a number's rule. */
    private static boolean agrees(ValueType actual, ValueType wanted) {
        return actual == wanted || (actual == ValueType.SUM_ONLY && wanted == ValueType.NUMBER);
    }

    private String detail(
            RejectCode code, Readings readings, int i, @Nullable MetricRule rule, Profile profile, double now) {
        String metric = readings.name(i);
        return switch (code) {
            case UNKNOWN_METRIC -> "the profile " + profile.name() + " does not list " + metric;
            case TOO_MANY_METRICS -> "the device has used up its metrics; new is " + metric;
            case WRONG_UNIT -> metric + " is in " + readings.unit(i) + ", the profile says " + unitOf(rule);
            case WRONG_TYPE -> metric + " is a " + word(readings.type(i)) + ", the profile says " + word(typeOf(rule));
            case OUT_OF_RANGE -> outOfRange(readings, i, rule);
            case FUTURE_TIME ->
                metric + " is " + Plain.number(Math.rint(readings.time(i) - now)) + " s ahead of the server's clock, "
                        + "more than " + Plain.number(futureToleranceSeconds);
            case STALE_TIME ->
                metric + " is " + Plain.number(Math.rint(now - readings.time(i))) + " s old, more than "
                        + Plain.number(pastToleranceSeconds);
            default -> throw new IllegalArgumentException("not a record's code: " + code);
        };
    }

    private static String outOfRange(Readings readings, int i, @Nullable MetricRule rule) {
        double number = readings.number(i);
        String unit = readings.unit(i) == null ? "" : " " + readings.unit(i);
        boolean below = rule != null && number < rule.min();
        double bound = rule == null ? Double.NaN : below ? rule.min() : rule.max();
        return readings.name(i) + " " + Plain.number(number) + unit + (below ? " is below " : " is above ")
                + Plain.number(bound);
    }

    private static @Nullable String unitOf(@Nullable MetricRule rule) {
        return rule == null ? null : rule.unit();
    }

    private static @Nullable ValueType typeOf(@Nullable MetricRule rule) {
        return rule == null ? null : rule.type();
    }

    private static String word(@Nullable ValueType type) {
        if (type == null) {
            return "anything";
        }
        return switch (type) {
            case NUMBER -> "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case DATA -> "data value";
            case SUM_ONLY -> "sum without a value";
        };
    }
}
