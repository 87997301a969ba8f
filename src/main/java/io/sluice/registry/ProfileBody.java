package io.sluice.registry;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.sluice.platform.FieldErrors;
import io.sluice.platform.RequestFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A profile as a caller writes it (operator protocol section 2).
 *
 * @param name absent or the path's
 * @param strict absent: false
 * @param readingsPerSecond absent: 1,000
 * @param burst absent: twice the rate
 * @param metrics absent: none
 */
record ProfileBody(
        @Nullable String name,
        @Nullable Boolean strict,
        @Nullable Integer readingsPerSecond,
        @Nullable Integer burst,
        @Nullable List<@Nullable MetricBody> metrics) {
    static final String DEFAULT_NAME = "default";
    static final int MAX_RATE = 1_000_000;
    private static final int MAX_METRIC_NAME = 255;
    private static final int MAX_UNIT = 64;

    static ProfileBody read(RequestFields fields) throws JsonMappingException {
        return new ProfileBody(
                fields.text("name"),
                fields.flag("strict"),
                fields.whole("readingsPerSecond"),
                fields.whole("burst"),
                fields.list("metrics", MetricBody.class, MetricBody::read));
    }

    FieldErrors check(String path, int maxMetrics) {
        FieldErrors errors = new FieldErrors();
        IdentifierRule.check(errors, path, "name");
        errors.check(name == null || name.equals(path), "name", "differs from the path");
        checkRate(errors, readingsPerSecond, "readingsPerSecond");
        checkRate(errors, burst, "burst");
        if (metrics != null) {
            errors.check(metrics.size() <= maxMetrics, "metrics", "are more than " + maxMetrics);
            Set<String> names = new HashSet<>();
            for (int i = 0; i < Math.min(metrics.size(), maxMetrics); i++) {
                checkMetric(errors, metrics.get(i), "metrics[" + i + "]", names);
            }
        }
        return errors;
    }

    void copyTo(ProfileRow row) {
        row.strict = strict != null && strict;
        row.readingsPerSecond = readingsPerSecond == null ? 1_000 : readingsPerSecond;
        row.burst = burst == null ? (int) Math.min(2L * row.readingsPerSecond, MAX_RATE) : burst;
        row.metrics = MetricRules.write(metrics == null ? List.of() : metrics);
    }

    private static void checkRate(FieldErrors errors, @Nullable Integer rate, String field) {
        errors.check(rate == null || (rate >= 1 && rate <= MAX_RATE), field, "must be 1 to " + MAX_RATE);
    }

    private static void checkMetric(FieldErrors errors, @Nullable MetricBody metric, String at, Set<String> names) {
        if (metric == null) {
            errors.check(false, at, "must be an object");
            return;
        }
        String metricName = metric.name();
        if (metricName == null || !isSenmlName(metricName)) {
            errors.check(false, at + ".name", "must be a SenML name of 1-255 characters");
        } else {
            errors.check(names.add(metricName), at + ".name", "stands twice");
        }
        String unit = metric.unit();
        errors.check(
                unit == null || (!unit.isEmpty() && unit.length() <= MAX_UNIT),
                at + ".unit",
                "must be 1-64 characters");
        String type = metric.type();
        errors.check(
                type == null || MetricRules.TYPES.contains(type), at + ".type", "must be one of " + MetricRules.TYPES);
        Double min = metric.min();
        Double max = metric.max();
        errors.check(min == null || Double.isFinite(min), at + ".min", "must be finite");
        errors.check(max == null || Double.isFinite(max), at + ".max", "must be finite");
        errors.check(min == null || max == null || min <= max, at + ".min", "is above max");
        boolean ranged = min != null || max != null;
        errors.check(
                !ranged || type == null || type.equals("number"),
                at + ".type",
                "must be number where a range is given");
    }

    /** RFC 8428 section 4.5.1: letters, digits and {@code - : . / _}, the first a letter or digit. */
    private static boolean isSenmlName(String text) {
        return text.length() <= MAX_METRIC_NAME && text.matches("[A-Za-z0-9][A-Za-z0-9:./_-]*");
    }
}
