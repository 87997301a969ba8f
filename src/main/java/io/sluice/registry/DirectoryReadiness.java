package io.sluice.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the directory was loaded; never asks the database (operator protocol section 3). */
@Readiness
@ApplicationScoped
class DirectoryReadiness implements HealthCheck {
    private final Directory directory;

    DirectoryReadiness(Directory directory) {
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("directory");
        return directory.isLoaded()
                ? response.up().build()
                : response.down().withData("reason", "not-loaded-yet").build();
    }
}
