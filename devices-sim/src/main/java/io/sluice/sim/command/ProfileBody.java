package io.sluice.sim.command;

import io.sluice.sim.recording.Column;
import io.sluice.sim.recording.Recording;
import io.sluice.sim.signal.Kind;
import io.sluice.sim.signal.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Profiles as the service's REST interface takes them (operator protocol section 2). */
final class ProfileBody {
    private ProfileBody() {}

    /** Strict: the plant's machines send nothing that is not listed. */
    static Map<String, Object> ofPlant(int readingsPerSecond) {
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (Metric metric : Kind.allMetrics()) {
            Map<String, Object> rule = rule(metric.name(), metric.unit(), metric.type());
            if (metric.hasRange()) {
                rule.put("min", metric.least());
                rule.put("max", metric.greatest());
            }
            metrics.add(rule);
        }
        return body(true, readingsPerSecond, metrics);
    }

    /** Open and without ranges: recordings are taken as they are, faults and all. */
    static Map<String, Object> of(Recording recording, int readingsPerSecond) {
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (Column column : recording.columns()) {
            metrics.add(rule(column.metric(), column.unit(), column.type()));
        }
        return body(false, readingsPerSecond, metrics);
    }

    private static Map<String, Object> rule(String name, @Nullable String unit, String type) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("name", name);
        if (unit != null) {
            rule.put("unit", unit);
        }
        rule.put("type", type);
        return rule;
    }

    private static Map<String, Object> body(boolean strict, int readingsPerSecond, List<Map<String, Object>> metrics) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("strict", strict);
        body.put("readingsPerSecond", readingsPerSecond);
        body.put("burst", 2 * readingsPerSecond);
        body.put("metrics", metrics);
        return body;
    }
}
