package io.sluice.rollup;

/** Sketches of given values, for tests in other rooms. */
public final class Sketches {
    private Sketches() {}

    public static byte[] bytes(double... values) {
        return of(values).toBytes();
    }

    public static double quantile(double quantile, double... values) {
        return of(values).quantile(quantile);
    }

    private static Sketch of(double... values) {
        Sketch sketch = new Sketch();
        for (double value : values) {
            sketch.add(value);
        }
        return sketch;
    }
}
