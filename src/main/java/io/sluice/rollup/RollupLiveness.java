package io.sluice.rollup;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when the rollups have stopped for good, which only a restart mends; never because Kafka is away. */
@Liveness
@Singleton
class RollupLiveness implements HealthCheck {
    private final RollupStreams streams;

    RollupLiveness(RollupStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("rollup").status(!streams.hasGivenUp()).build();
    }
}
