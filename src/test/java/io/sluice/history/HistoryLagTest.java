package io.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class HistoryLagTest {
    private static final MetricName LAST_POLL =
            new MetricName("last-poll-seconds-ago", "consumer-metrics", "", Map.of());

    private final List<Map<MetricName, Metric>> consumers = new ArrayList<>();
    private final HistoryLag lag = new HistoryLag(() -> 5_000, () -> consumers, true);

    private static Map<MetricName, Metric> polled(Object secondsAgo) {
        return Map.of(LAST_POLL, new Metric() {
            @Override
            public MetricName metricName() {
                return LAST_POLL;
            }

            @Override
            public Object metricValue() {
                return secondsAgo;
            }
        });
    }

    @Test
    void whatIsReadTellsHowLongTheOldestWaits() {
        consumers.add(polled(3.0));
        assertThat(lag.millis()).isZero();
        lag.waiting(1_000);
        assertThat(lag.millis()).isEqualTo(4_000);
        lag.waiting(0);
        assertThat(lag.millis()).isZero();
    }

    @Test
    void whatNobodyReadsHasNoLag() {
        assertThat(lag.millis()).as("no consumer").isNaN();
        consumers.add(polled(-1.0));
        assertThat(lag.millis()).as("never asked").isNaN();
        consumers.set(0, polled(61.0));
        assertThat(lag.millis()).as("stopped asking").isNaN();
        lag.waiting(1_000);
        assertThat(lag.millis()).isNaN();
        consumers.add(polled(0.0));
        assertThat(lag.millis()).as("another one asks").isEqualTo(4_000);
    }
}
