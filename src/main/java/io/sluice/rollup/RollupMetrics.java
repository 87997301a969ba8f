package io.sluice.rollup;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** Gives the counters to the metrics. */
@Singleton
class RollupMetrics {
    private final RollupCounters counters = new RollupCounters();
    private final MeterRegistry registry;

    RollupMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Produces
    @Singleton
    RollupCounters counters() {
        return counters;
    }

    void register(@Observes StartupEvent event) {
        count("readings", "Readings taken into at least one window", counters.readings);
        count("duplicates", "Messages whose number had been counted before", counters.duplicates);
        count("late", "Readings for which at least one window had closed", counters.late);
        count("skipped", "Readings of a kind that is not rolled up", counters.skipped);
        count("overflowed", "Readings beyond a device's bound of open windows", counters.overflowed);
        count("corrected", "Windows that proved open after their final value had gone out", counters.corrected);
        count("group.late", "Readings for a group's window that is no longer kept", counters.groupLate);
        count("group.corrected", "Windows of groups added to after their final value", counters.groupCorrected);
        count("group.hurried", "Windows of groups made final early, as too many were open", counters.groupHurried);
        count("interims.lost", "Interim values that the broker did not take in time", counters.interimsLost);
        count("undecodable", "Records on the topic that could not be read", counters.undecodable);
    }

    private void count(String name, String description, LongAdder counter) {
        FunctionCounter.builder("sluice.rollup." + name, counter, LongAdder::doubleValue)
                .description(description)
                .register(registry);
    }
}
