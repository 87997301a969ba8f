package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateTest {
    /** One reading, with all that decides which one is last. */
    private record Reading(double value, long time, long arrival, long number, int index) {
        void addTo(Aggregate aggregate) {
            aggregate.add(value, time, arrival, number, index);
        }
    }

    @Test
    void knowsCountExtremesMeanAndThePopulationsDeviation() {
        Aggregate aggregate = new Aggregate();
        double[] values = {2, 4, 4, 4, 5, 5, 7, 9};
        for (int i = 0; i < values.length; i++) {
            aggregate.add(values[i], i, 0, 0, 0);
        }
        assertThat(aggregate.count()).isEqualTo(8);
        assertThat(aggregate.min()).isEqualTo(2);
        assertThat(aggregate.max()).isEqualTo(9);
        assertThat(aggregate.mean()).isEqualTo(5);
        assertThat(aggregate.deviation()).isEqualTo(2);
        assertThat(aggregate.last()).isEqualTo(9);
    }

    @Test
    void theMaximumOfNegativeNumbersIsNegative() {
        Aggregate aggregate = new Aggregate();
        aggregate.add(-40, 0, 0, 0, 0);
        assertThat(aggregate.max()).isEqualTo(-40);
        assertThat(new Aggregate().max()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aSmallDeviationFarFromZeroKeepsItsDigits() {
        Aggregate aggregate = new Aggregate();
        for (int i = 0; i < 10_000; i++) {
            aggregate.add(1e9 + (i % 2 == 0 ? 0.5 : -0.5), i, 0, 0, 0);
        }
        assertThat(aggregate.deviation()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void lastIsTheOneWithTheGreatestTimeThenArrivalThenNumberThenIndex() {
        Aggregate aggregate = new Aggregate();
        aggregate.add(1, 10, 5, 5, 5);
        aggregate.add(2, 9, 9, 9, 9);
        assertThat(aggregate.last()).isEqualTo(1);
        aggregate.add(3, 10, 6, 1, 1);
        assertThat(aggregate.last()).isEqualTo(3);
        aggregate.add(4, 10, 6, 2, 0);
        assertThat(aggregate.last()).isEqualTo(4);
        aggregate.add(5, 10, 6, 2, 1);
        aggregate.add(6, 10, 6, 2, 0);
        assertThat(aggregate.last()).isEqualTo(5);
    }

    @Test
    void textHasCountAndLast() {
        Aggregate aggregate = new Aggregate();
        aggregate.add("open", 2, 0, 0, 0);
        aggregate.add("shut", 1, 0, 0, 0);
        assertThat(aggregate.count()).isEqualTo(2);
        assertThat(aggregate.lastText()).isEqualTo("open");
        assertThat(aggregate.mean()).isNaN();
    }

    @Test
    void numbersWinOverTextWhicheverCameFirst() {
        Aggregate textFirst = new Aggregate();
        textFirst.add("n/a", 9, 0, 0, 0);
        textFirst.add(4, 1, 0, 0, 0);
        Aggregate numberFirst = new Aggregate();
        numberFirst.add(4, 1, 0, 0, 0);
        numberFirst.add("n/a", 9, 0, 0, 0);
        assertThat(textFirst.toBytes()).isEqualTo(numberFirst.toBytes());
        assertThat(textFirst.count()).isEqualTo(1);
        assertThat(textFirst.last()).isEqualTo(4);
        assertThat(textFirst.lastText()).isNull();
    }

    @Test
    void itsBytesReadBackAsTheSame() {
        Aggregate numbers = new Aggregate();
        numbers.add(0.1, 1_763_632_800_123_456L, 1_763_632_800_200L, 1L << 53, 999);
        numbers.add(-1e300, 5, 6, 7, 8);
        Aggregate text = new Aggregate();
        text.add("grün 🌱", 1, 2, 3, 4);
        Aggregate withQuantiles = Aggregate.withQuantiles();
        withQuantiles.add(4, 1, 2, 3, 4);
        withQuantiles.add(-2, 1, 2, 3, 5);
        Aggregate textWithQuantiles = Aggregate.withQuantiles();
        textWithQuantiles.add("shut", 1, 2, 3, 4);
        for (Aggregate each :
                List.of(new Aggregate(), numbers, text, Aggregate.withQuantiles(), withQuantiles, textWithQuantiles)) {
            ByteBuffer bytes = ByteBuffer.wrap(each.toBytes());
            assertThat(Aggregate.read(bytes).toBytes()).isEqualTo(each.toBytes());
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @Test
    void quantilesAreThereWhereTheyWereAskedForAndThereAreNumbers() {
        Aggregate aggregate = Aggregate.withQuantiles();
        assertThat(aggregate.quantile(0.5)).isNaN();
        aggregate.add("n/a", 0, 0, 0, 0);
        assertThat(aggregate.quantile(0.5)).isNaN();
        Aggregate stored = Aggregate.read(ByteBuffer.wrap(aggregate.toBytes()));
        for (int i = 1; i <= 100; i++) {
            stored.add(i, i, 0, 0, 0);
        }
        assertThat(stored.quantile(0.5)).isCloseTo(50, within(0.5));
        assertThat(stored.quantile(0.95)).isCloseTo(95, within(0.95));
        assertThat(stored.quantile(0.99)).isCloseTo(99, within(0.99));
        Aggregate without = new Aggregate();
        without.add(1, 0, 0, 0, 0);
        assertThat(without.quantile(0.5)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, -40, 4.9e-324, -1e-310, Double.MAX_VALUE, -Double.MAX_VALUE})
    void quantilesOfEqualReadingsAreThatReading(double value) {
        Aggregate aggregate = Aggregate.withQuantiles();
        aggregate.add(value, 0, 0, 0, 0);
        aggregate.add(value, 1, 0, 0, 0);
        assertThat(aggregate.quantile(0.5)).isEqualTo(value);
        assertThat(aggregate.quantile(0.99)).isEqualTo(value);
    }

    @Test
    void numbersWithoutASketchTakeTheQuantilesAway() {
        Aggregate whole = Aggregate.withQuantiles();
        whole.add(1, 0, 0, 0, 0);
        whole.merge(new Aggregate());
        assertThat(whole.quantile(0.5)).isEqualTo(1);
        Aggregate without = new Aggregate();
        without.add(2, 0, 0, 0, 0);
        whole.merge(without);
        assertThat(whole.count()).isEqualTo(2);
        assertThat(whole.quantile(0.5)).isNaN();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_120, 4_711})
    void anySplitAndAnyOrderOfMergingGivesTheSame(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Reading> readings = readings(random);
            Aggregate plain = Aggregate.withQuantiles();
            readings.forEach(each -> each.addTo(plain));
            assertSame(merged(readings, random), plain, readings);
        }
    }

    private static List<Reading> readings(Random random) {
        double centre = random.nextGaussian() * Math.pow(10, random.nextInt(7));
        double spread = Math.abs(centre) * Math.pow(10, -random.nextInt(4)) + 1e-3;
        List<Reading> readings = new ArrayList<>();
        int count = 1 + random.nextInt(300);
        for (int i = 0; i < count; i++) {
            // few distinct times, arrivals and numbers, so that ties are common; the index makes each unique
            readings.add(new Reading(
                    centre + random.nextGaussian() * spread,
                    random.nextInt(5),
                    random.nextInt(3),
                    random.nextInt(3),
                    i));
        }
        return readings;
    }

    private static Aggregate merged(List<Reading> readings, Random random) {
        List<Aggregate> parts = new ArrayList<>();
        int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            parts.add(Aggregate.withQuantiles());
        }
        List<Reading> shuffled = new ArrayList<>(readings);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(each -> each.addTo(parts.get(random.nextInt(parts.size()))));
        while (parts.size() > 1) {
            Aggregate one = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(one);
        }
        return parts.get(0);
    }

    private static void assertSame(Aggregate merged, Aggregate plain, List<Reading> readings) {
        assertThat(merged.count()).isEqualTo(plain.count());
        assertThat(merged.min()).isEqualTo(plain.min());
        assertThat(merged.max()).isEqualTo(plain.max());
        assertThat(merged.last()).isEqualTo(plain.last());
        for (double quantile : new double[] {0.5, 0.95, 0.99}) {
            assertThat(merged.quantile(quantile)).isEqualTo(plain.quantile(quantile));
        }
        double mean = readings.stream().mapToDouble(Reading::value).sum() / readings.size();
        double scale = Math.max(Math.abs(plain.min()), Math.abs(plain.max()));
        assertThat(merged.mean()).isCloseTo(plain.mean(), within(1e-9 * Math.abs(plain.mean()) + 1e-12 * scale));
        assertThat(merged.mean()).isCloseTo(mean, within(1e-9 * scale));
        assertThat(merged.deviation()).isCloseTo(plain.deviation(), within(1e-9 * plain.deviation() + 1e-12 * scale));
    }
}
