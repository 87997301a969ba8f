package io.sluice.sim.signal;

import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a kind of machine, with what a profile says of it.
 *
 * @param type of the profile: {@code number}, {@code boolean}, {@code string}
 * @param least smallest value that a sound sensor gives; NaN where there is none
 * @param greatest likewise
 * @param model makes the signal; its argument is the personality's unrest, 1 for an ordinary one
 */
public record Metric(
        String name, @Nullable String unit, String type, double least, double greatest, DoubleFunction<Signal> model) {

    static Metric number(String name, String unit, double least, double greatest, DoubleFunction<Signal> model) {
        return new Metric(name, unit, "number", least, greatest, model);
    }

    static Metric flag(String name, DoubleFunction<Signal> model) {
        return new Metric(name, null, "boolean", Double.NaN, Double.NaN, model);
    }

    static Metric text(String name, DoubleFunction<Signal> model) {
        return new Metric(name, null, "string", Double.NaN, Double.NaN, model);
    }

    public boolean hasRange() {
        return !Double.isNaN(least);
    }
}
