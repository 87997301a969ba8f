package io.sluice.rollup;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One window of one metric: what a reading costs, and what a change of the window costs when it is written. */
@State(Scope.Thread)
public class AggregateBenchmark {
    private static final int READINGS = 1_024;

    @Param({"false", "true"})
    public boolean quantiles;

    private final double[] values = new Random(7).doubles(READINGS, -40, 125).toArray();
    private Aggregate full;

    @Setup
    public void fill() {
        full = (Aggregate) add();
    }

    private Aggregate empty() {
        return quantiles ? Aggregate.withQuantiles() : new Aggregate();
    }

    /** A window of 1,024 readings, each of them. */
    @Benchmark
    @OperationsPerInvocation(READINGS)
    public Object add() {
        Aggregate aggregate = empty();
        for (int i = 0; i < READINGS; i++) {
            aggregate.add(values[i], 1_000L * i, i, i, 0);
        }
        return aggregate;
    }

    /** A delta of 1,024 readings into a window. */
    @Benchmark
    public Object merge() {
        Aggregate aggregate = empty();
        aggregate.merge(full);
        return aggregate;
    }

    /** As it stands in a state store. */
    @Benchmark
    public Object encode() {
        return full.toBytes();
    }

    /** As it goes to browsers. */
    @Benchmark
    public Object json() {
        return RollupJson.encode(new RollupItem(
                "pump-7",
                null,
                "temperature",
                "Cel",
                "10s",
                1_763_632_800_000L,
                full.count(),
                full.min(),
                full.max(),
                full.mean(),
                full.deviation(),
                full.last(),
                null,
                full.quantile(0.5),
                full.quantile(0.95),
                full.quantile(0.99),
                false));
    }
}
