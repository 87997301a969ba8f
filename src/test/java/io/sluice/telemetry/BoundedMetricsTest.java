package io.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedMetricsTest {
    @Test
    void takesNewOnesUpToTheBoundAndKnownOnesForEver() {
        BoundedMetrics metrics = new BoundedMetrics(2);
        assertThat(metrics.admit("a")).isTrue();
        assertThat(metrics.admit("b")).isTrue();
        assertThat(metrics.admit("c")).isFalse();
        assertThat(metrics.admit("a")).isTrue();
        assertThat(metrics.admit("b")).isTrue();
        assertThat(metrics.size()).isEqualTo(2);
    }

    @Test
    void holdsItsBoundUnderThreads() {
        BoundedMetrics metrics = new BoundedMetrics(BoundedMetrics.DEFAULT_MAX);
        AtomicInteger admitted = new AtomicInteger();
        IntStream.range(0, 4_000).parallel().forEach(i -> {
            if (metrics.admit("m" + i)) {
                admitted.incrementAndGet();
            }
        });
        assertThat(metrics.size()).isEqualTo(500);
        assertThat(admitted).hasValue(500);
    }
}
