package io.sluice.rollup;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
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
        HealthCheckResponseBuilder response = HealthCheckResponse.named("rollup");
        return streams.hasGivenUp()
                ? response.down().withData("reason", "threads-failed-too-often").build()
                : response.up().build();
    }
}
