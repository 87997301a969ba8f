package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LagMeterTest {
    private final LagMeter lag = new LagMeter();

    @Test
    void nothingIsNoLag() {
        assertThat(lag.p95(1_000_000)).isZero();
    }

    @Test
    void tellsThe95thPercentileOfTheLastTenSeconds() {
        for (int i = 1; i <= 1_000; i++) {
            lag.record(1_000_000 + i % 9_000, i);
        }
        assertThat(lag.p95(1_005_000)).isCloseTo(950, Percentage.withPercentage(13));
        assertThat(lag.p95(1_020_000)).isZero();
    }

    @Test
    void extremesDoNotBreakIt() {
        lag.record(1_000_000, Long.MAX_VALUE / 2);
        assertThat(lag.p95(1_000_000)).isGreaterThan(1_000_000);
        lag.record(2_000_000, -5);
        assertThat(lag.p95(2_000_000)).isZero();
    }
}
