package io.sluice.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long NANOS_PER_MICRO = 1_000;

    @Test
    void quantilesAreWithinThreePercent() {
        Latencies latencies = new Latencies();
        for (int micros = 1; micros <= 100_000; micros++) {
            latencies.add(micros * NANOS_PER_MICRO);
        }
        assertThat(latencies.quantileMs(0.5)).isBetween(50.0, 51.6);
        assertThat(latencies.quantileMs(0.99)).isBetween(99.0, 100.0);
        assertThat(latencies.maxMs()).isCloseTo(100, within(1e-9));
    }

    @Test
    void holdsAnything() {
        Latencies latencies = new Latencies();
        assertThat(latencies.quantileMs(0.99)).isZero();
        latencies.add(-5);
        assertThat(latencies.quantileMs(0.5)).isZero();
        latencies.add(Long.MAX_VALUE);
        assertThat(latencies.quantileMs(1)).isEqualTo(latencies.maxMs());
    }
}
