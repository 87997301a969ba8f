package io.sluice.ingest;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
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
        boolean ready = services.log().isReady() && !services.isDraining();
        return HealthCheckResponse.named("ingest").status(ready).build();
    }
}
