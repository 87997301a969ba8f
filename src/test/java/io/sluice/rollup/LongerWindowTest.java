package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongerWindowTest {
    private static final Window MINUTE = Window.parse("1m");
    private static final Window HOUR = Window.parse("1h");
    private static final OpenWindow.Series SERIES = new OpenWindow.Series("t", "Cel");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 4_711, 20_261_125})
    void isTheWindowOfAllReadings(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            double centre = random.nextGaussian() * Math.pow(10, random.nextInt(10));
            Aggregate all = Aggregate.withQuantiles();
            LongerWindow longer = new LongerWindow();
            RollupItem part = null;
            for (int minute = 0; minute < 60; minute++) {
                Aggregate one = Aggregate.withQuantiles();
                int readings = 1 + random.nextInt(20);
                for (int i = 0; i < readings; i++) {
                    double value = centre + random.nextGaussian();
                    long time = (minute * MINUTE.length() + i) * 1_000;
                    all.add(value, time, 0, 0, i);
                    one.add(value, time, 0, 0, i);
                }
                part = item(minute, one);
                longer.add(part, Sketch.fromBytes(one.sketch().toBytes()));
            }
            assertSame(longer.item(part, HOUR, 0, true), all, Math.abs(centre) + 1);
        }
    }

    private static RollupItem item(int minute, Aggregate aggregate) {
        return new OpenWindow(SERIES, MINUTE, minute * MINUTE.length(), 0, aggregate)
                .item(RollupKey.Kind.DEVICE, "pump-7", true);
    }

    private static void assertSame(RollupItem longer, Aggregate all, double scale) {
        assertThat(longer.window()).isEqualTo("1h");
        assertThat(longer.count()).isEqualTo(all.count());
        assertThat(longer.min()).isEqualTo(all.min());
        assertThat(longer.max()).isEqualTo(all.max());
        assertThat(longer.last()).isEqualTo(all.last());
        assertThat(longer.mean()).isCloseTo(all.mean(), within(1e-12 * scale));
        assertThat(longer.stddev()).isCloseTo(all.deviation(), within(1e-9 * all.deviation() + 1e-12 * scale));
        assertThat(longer.p50()).isEqualTo(all.quantile(0.5));
        assertThat(longer.p95()).isEqualTo(all.quantile(0.95));
        assertThat(longer.p99()).isEqualTo(all.quantile(0.99));
    }

    @Test
    void quantilesOfAPartAreNoneOfTheWhole() {
        Aggregate one = Aggregate.withQuantiles();
        one.add(1, 0, 0, 0, 0);
        LongerWindow longer = new LongerWindow();
        longer.add(item(0, one), one.sketch());
        longer.add(item(1, one), null);
        RollupItem whole = longer.item(item(0, one), HOUR, 0, false);
        assertThat(whole.count()).isEqualTo(2);
        assertThat(whole.p50()).isNaN();
        assertThat(whole.isFinal()).isFalse();
    }

    @Test
    void textHasTheSumOfCountsAndTheNewestText() {
        LongerWindow longer = new LongerWindow();
        for (int minute : new int[] {1, 0}) {
            Aggregate one = Aggregate.withQuantiles();
            one.add(minute == 1 ? "shut" : "open", 0, 0, 0, 0);
            longer.add(item(minute, one), null);
        }
        RollupItem whole = longer.item(item(0, Aggregate.withQuantiles()), HOUR, 0, true);
        assertThat(whole.count()).isEqualTo(2);
        assertThat(whole.lastText()).isEqualTo("shut");
    }
}
