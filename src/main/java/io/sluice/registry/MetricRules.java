package io.sluice.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.RequestFields;
import io.sluice.telemetry.MetricRule;
import io.sluice.telemetry.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics of a profile between REST, the database's column and the rules. */
final class MetricRules {
    /** What a profile may ask of a metric; a record with a sum alone has no value to judge. */
    static final List<String> TYPES = List.of("number", "string", "boolean", "data");

    private static final ObjectMapper JSON = new ObjectMapper();

    private MetricRules() {}

    static String write(List<MetricBody> metrics) {
        try {
            return JSON.writeValueAsString(metrics);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException where the text is not what {@link #write} writes */
    static List<MetricBody> parse(String text) {
        try {
            JsonNode array = JSON.readTree(text);
            if (!array.isArray()) {
                throw new IllegalArgumentException("no array");
            }
            List<MetricBody> metrics = new ArrayList<>(array.size());
            for (JsonNode metric : array) {
                metrics.add(RequestFields.read(metric, MetricBody.class, MetricBody::read));
            }
            return metrics;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static Map<String, MetricRule> byName(List<MetricBody> metrics) {
        Map<String, MetricRule> rules = new HashMap<>();
        for (MetricBody metric : metrics) {
            String name = metric.name();
            if (name == null) {
                throw new IllegalArgumentException("a metric has no name");
            }
            rules.put(
                    name,
                    new MetricRule(
                            name,
                            metric.unit(),
                            type(metric.type()),
                            metric.min() == null ? Double.NEGATIVE_INFINITY : metric.min(),
                            metric.max() == null ? Double.POSITIVE_INFINITY : metric.max()));
        }
        return rules;
    }

    private static @Nullable ValueType type(@Nullable String type) {
        return type == null ? null : ValueType.valueOf(type.toUpperCase(Locale.ROOT));
    }
}
