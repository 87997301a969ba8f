package io.sluice.registry;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A profile as REST shows it. */
@RegisterForReflection
record ProfileView(String name, boolean strict, int readingsPerSecond, int burst, List<MetricBody> metrics) {
    static ProfileView of(ProfileRow row) {
        return new ProfileView(row.name, row.strict, row.readingsPerSecond, row.burst, MetricRules.parse(row.metrics));
    }
}
