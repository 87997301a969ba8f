package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
    private static final double[] QUANTILES = {0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1};
    private static final long SEED = 20_261_125;

    /** Where values come from; each is of a kind that has broken a sketch somewhere. */
    private enum Kind {
        SENSOR {
            @Override
            double next(Random random) {
                return 21.5 + random.nextGaussian() * 0.2;
            }
        },
        AROUND_ZERO {
            @Override
            double next(Random random) {
                return random.nextInt(4) == 0 ? random.nextInt(2) * -0.0 : random.nextGaussian();
            }
        },
        NEGATIVE {
            @Override
            double next(Random random) {
                return -Math.exp(random.nextGaussian());
            }
        },
        HUGE {
            @Override
            double next(Random random) {
                return Math.copySign(Double.MAX_VALUE, random.nextGaussian()) * (1 - random.nextInt(3) / 8.0);
            }
        },
        SUBNORMAL {
            @Override
            double next(Random random) {
                return (random.nextInt(10_000) - 5_000) * Double.MIN_VALUE;
            }
        },
        ANY_DOUBLE {
            @Override
            double next(Random random) {
                double value = Double.longBitsToDouble(random.nextLong());
                return Double.isFinite(value) ? value : 0;
            }
        };

        abstract double next(Random random);

        /** No more than there are bins, so that the bound holds for every kind. */
        double[] values(Random random) {
            return values(random, Sketch.MAX_BINS);
        }

        double[] values(Random random, int most) {
            return DoubleStream.generate(() -> next(random))
                    .limit(1 + random.nextInt(most))
                    .toArray();
        }
    }

    private static Sketch of(double... values) {
        Sketch sketch = new Sketch();
        for (double value : values) {
            sketch.add(value);
        }
        return sketch;
    }

    private static double exact(double[] values, double quantile) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (quantile * (sorted.length - 1))];
    }

    @ParameterizedTest(name = "{0}, seed " + SEED)
    @EnumSource
    void quantilesAreWithinTheStatedErrorOfTheExactOnes(Kind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            double[] values = kind.values(random);
            Sketch sketch = of(values);
            for (double quantile : QUANTILES) {
                double exact = exact(values, quantile);
                double bound = Sketch.RELATIVE_ERROR * Math.abs(exact) * (1 + 1e-9) + Math.ulp(exact);
                assertThat(sketch.quantile(quantile))
                        .as("%s of %s", quantile, Arrays.toString(values))
                        .isCloseTo(exact, within(bound));
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed " + SEED)
    @EnumSource
    void anySplitAndAnyOrderOfMergingGivesTheSameBins(Kind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            // more different values than bins, so that the lowest are merged on all ways
            double[] values = kind.values(random, 4 * Sketch.MAX_BINS);
            assertThat(merged(values, random).toBytes()).isEqualTo(of(values).toBytes());
        }
    }

    private static Sketch merged(double[] values, Random random) {
        List<Sketch> parts = new ArrayList<>();
        IntStream.rangeClosed(0, random.nextInt(10)).forEach(i -> parts.add(new Sketch()));
        List<Double> shuffled = new ArrayList<>(DoubleStream.of(values).boxed().toList());
        Collections.shuffle(shuffled, random);
        shuffled.forEach(each -> parts.get(random.nextInt(parts.size())).add(each));
        while (parts.size() > 1) {
            Sketch one = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(Sketch.fromBytes(one.toBytes()));
        }
        return parts.get(0);
    }

    @Test
    void beyondItsBinsTheHighestStayRight() {
        Sketch sketch = new Sketch();
        double[] values = new double[4 * Sketch.MAX_BINS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.pow(1.03, i % 2 == 0 ? i : values.length - i);
            sketch.add(values[i]);
        }
        assertThat(sketch.quantile(0.99))
                .isCloseTo(exact(values, 0.99), within(Sketch.RELATIVE_ERROR * exact(values, 0.99)));
        assertThat(sketch.bytes()).isLessThan(6 * Sketch.MAX_BINS);
    }

    @Test
    void hasTheBinsOfTheLibrarysOwnSketch() {
        Random random = new Random(SEED);
        DDSketch theirs = new DDSketch(new LogarithmicMapping(Sketch.RELATIVE_ERROR), UnboundedSizeDenseStore::new);
        Sketch ours = new Sketch();
        for (int i = 0; i < 100_000; i++) {
            double value = 20 + 5 * random.nextGaussian();
            theirs.accept(value);
            ours.add(value);
        }
        for (double quantile : QUANTILES) {
            assertThat(ours.quantile(quantile)).isEqualTo(theirs.getValueAtQuantile(quantile));
        }
    }

    @Test
    void anEmptyOneHasNoQuantile() {
        assertThat(new Sketch().quantile(0.5)).isNaN();
        assertThat(Sketch.fromBytes(new Sketch().toBytes()).quantile(0.5)).isNaN();
    }

    @Test
    void aWindowOfASensorTakesFewBytes() {
        Sketch sketch = new Sketch();
        for (int i = 0; i < 20; i++) {
            sketch.add(21.5 + i / 50.0);
        }
        assertThat(sketch.bytes()).isLessThan(12);
    }

    @ParameterizedTest(name = "{0}, seed " + SEED)
    @EnumSource
    void itsBytesReadBackAsTheSameWhateverStandsBehindThem(Kind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            Sketch sketch = of(kind.values(random, 2 * Sketch.MAX_BINS));
            ByteBuffer bytes = ByteBuffer.allocate(sketch.bytes() + 1);
            sketch.write(bytes);
            bytes.flip().limit(bytes.capacity());
            assertThat(Sketch.read(bytes).toBytes()).isEqualTo(sketch.toBytes());
            assertThat(bytes.remaining()).isOne();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, SEED})
    void refusesOtherBytes(long seed) {
        Random random = new Random(seed);
        byte[] whole = of(Kind.ANY_DOUBLE.values(random)).toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Sketch.fromBytes(part));
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            if (noise.length > 1 && random.nextBoolean()) {
                noise[0] = 1;
                noise[1] = (byte) random.nextInt(8);
            }
            try {
                Sketch.fromBytes(noise).quantile(0.5);
            } catch (IllegalArgumentException refused) {
                // nothing else may come out
            }
        }
    }
}
