package io.sluice.history;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What is counted for the metrics. Thread-safe. */
@Singleton
class HistoryCounters {
    /** Rows that the database took, repeated ones included. */
    final LongAdder rows = new LongAdder();

    /** Attempts to write that failed and were repeated. */
    final LongAdder failures = new LongAdder();

    /** Rollups that were not stored, by reason. */
    final LongAdder outOfRange = new LongAdder();

    final LongAdder undecodable = new LongAdder();
    final LongAdder refused = new LongAdder();

    private final MeterRegistry registry;

    HistoryCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        FunctionCounter.builder("sluice.history.rows", rows, LongAdder::doubleValue)
                .description("Rollups that the database took")
                .register(registry);
        FunctionCounter.builder("sluice.history.failures", failures, LongAdder::doubleValue)
                .description("Attempts to write to the database that failed and were repeated")
                .register(registry);
        skipped("out-of-range", outOfRange);
        skipped("undecodable", undecodable);
        skipped("refused", refused);
    }

    private void skipped(String reason, LongAdder counter) {
        FunctionCounter.builder("sluice.history.skipped", counter, LongAdder::doubleValue)
                .tag("reason", reason)
                .description("Rollups on the topic that were not stored")
                .register(registry);
    }
}
