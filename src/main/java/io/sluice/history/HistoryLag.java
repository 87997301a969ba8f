package io.sluice.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How far the history is behind its topic. A channel that is dead has no lag that it knows of, and nothing in the framework
 * tells that it is: so it is no number where nobody has asked Kafka for more in the last minute. Whoever waits for the
 * database or the broker still asks. Thread-safe.
 */
@Singleton
class HistoryLag {
    /** The consumer polls several times a second, while its partitions are paused, too. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    private static final String LAST_POLL = "last-poll-seconds-ago";

    private final LongSupplier clock;
    private final Supplier<List<? extends Map<MetricName, ? extends Metric>>> consumers;
    private final boolean isOurs;

    /** When the oldest record that is not stored yet was written to the topic, ms since 1970; 0 while there is none. */
    private volatile long waitingSince;

    @Inject
    HistoryLag(
            KafkaClientService clients,
            @ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") Set<String> roles) {
        this(
                System::currentTimeMillis,
                () -> clients.getConsumers(HistoryChannel.NAME).stream()
                        .map(each -> each.unwrap().metrics())
                        .toList(),
                roles.contains("rollup"));
    }

    /**
     * @param consumers what the channel's consumers measure of themselves
     * @param isOurs whether this process writes the history
     */
    HistoryLag(
            LongSupplier clock, Supplier<List<? extends Map<MetricName, ? extends Metric>>> consumers, boolean isOurs) {
        this.clock = clock;
        this.consumers = consumers;
        this.isOurs = isOurs;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        if (isOurs) {
            Gauge.builder("sluice.history.lag.milliseconds", this, HistoryLag::millis)
                    .description("Age of the oldest rollup that was read from the topic and is not stored yet")
                    .register(registry);
        }
    }

    /** @param since when the oldest of them was written, ms since 1970; 0 for none */
    void waiting(long since) {
        waitingSince = since;
    }

    /** NaN where the topic is not being read. */
    double millis() {
        long since = waitingSince;
        if (!isRead()) {
            return Double.NaN;
        }
        return since == 0 ? 0 : Math.max(0, clock.getAsLong() - since);
    }

    private boolean isRead() {
        return consumers.get().stream().anyMatch(HistoryLag::polls);
    }

    private static boolean polls(Map<MetricName, ? extends Metric> consumer) {
        return consumer.values().stream()
                .filter(metric -> metric.metricName().name().equals(LAST_POLL))
                .map(Metric::metricValue)
                .anyMatch(seconds -> seconds instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() < SILENCE.toSeconds());
    }
}
