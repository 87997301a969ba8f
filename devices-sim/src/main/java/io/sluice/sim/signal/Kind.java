package io.sluice.sim.signal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of machine in the simulated plant. A metric has the same unit and range in all of them: one profile serves. */
public enum Kind {
    PUMP(
            "pump",
            Metric.number("temperature", "Cel", -40, 125, unrest -> Signals.sine(58, 7, 300, 0.3 * unrest, 2)),
            Metric.number("pressure", "bar", 0, 16, unrest -> Signals.walk(4.2, 0.05 * unrest, 2.5, 6, 3)),
            Metric.number("vibration", "m/s2", 0, 100, unrest -> Signals.noise(2.1, 0.35 * unrest, 3)),
            Metric.number("flow", "l/s", 0, 50, unrest -> Signals.steps(45, 0.1 * unrest, 2, 0.8, 2, 3.2)),
            Metric.flag("running", unrest -> Signals.onOff(90))),
    BOILER(
            "boiler",
            Metric.number("temperature", "Cel", -40, 125, unrest -> Signals.sine(82, 9, 600, 0.2 * unrest, 2)),
            Metric.number("pressure", "bar", 0, 16, unrest -> Signals.sine(8, 1.2, 420, 0.05 * unrest, 3)),
            Metric.number("flow", "l/s", 0, 50, unrest -> Signals.walk(1.5, 0.04 * unrest, 0.4, 3, 2)),
            Metric.flag("burner", unrest -> Signals.onOff(60)),
            Metric.text("state", unrest -> Signals.state(120, "idle", "heating", "holding"))),
    PRESS(
            "press",
            Metric.number("temperature", "Cel", -40, 125, unrest -> Signals.walk(45, 0.2 * unrest, 25, 70, 2)),
            Metric.number("force", "N", 0, 250_000, unrest -> Signals.steps(6, 400 * unrest, 0, 0, 80_000, 160_000)),
            Metric.number("vibration", "m/s2", 0, 100, unrest -> Signals.noise(6, 1.5 * unrest, 3)),
            Metric.number("current", "A", 0, 200, unrest -> Signals.steps(6, 0.6 * unrest, 2, 4, 38, 71)),
            Metric.text("state", unrest -> Signals.state(40, "idle", "setup", "running", "fault"))),
    ROOM(
            "room",
            Metric.number("temperature", "Cel", -40, 125, unrest -> Signals.sine(21.5, 1.8, 900, 0.05 * unrest, 2)),
            Metric.number("humidity", "%RH", 0, 100, unrest -> Signals.walk(47, 0.15 * unrest, 30, 70, 1)),
            Metric.number("illuminance", "lx", 0, 100_000, unrest -> Signals.steps(120, 4 * unrest, 0, 20, 300, 520)),
            Metric.number("battery", "%EL", 0, 100, unrest -> Signals.battery(36)),
            Metric.flag("door", unrest -> Signals.onOff(50)));

    private final String word;
    private final List<Metric> metrics;

    Kind(String word, Metric... metrics) {
        this.word = word;
        this.metrics = List.of(metrics);
    }

    /** As device ids begin: {@code pump-01}. */
    public String word() {
        return word;
    }

    public List<Metric> metrics() {
        return metrics;
    }

    /** The kind whose word is in the id, else one of them by place. */
    public static Kind of(String deviceId, int place) {
        for (Kind kind : values()) {
            if (deviceId.contains(kind.word + "-")) {
                return kind;
            }
        }
        return values()[place % values().length];
    }

    /** Every metric of every kind, once each. */
    public static Collection<Metric> allMetrics() {
        Map<String, Metric> byName = new LinkedHashMap<>();
        for (Kind kind : values()) {
            kind.metrics.forEach(metric -> byName.putIfAbsent(metric.name(), metric));
        }
        return byName.values();
    }
}
