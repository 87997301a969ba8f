package io.sluice.ingest;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the log was reached, until the drain. Kafka being away later is no reason to lose devices. */
@Readiness
@Singleton
class IngestReadiness implements HealthCheck {
    private final IngestServices services;

    IngestReadiness(IngestServices services) {
        this.services = services;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("ingest");
        if (services.isDraining()) {
            return response.down().withData("reason", "draining").build();
        }
        if (!services.log().isReady()) {
            return response.down().withData("reason", "kafka-not-reached-yet").build();
        }
        return response.up().build();
    }
}
