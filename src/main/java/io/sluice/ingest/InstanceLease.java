package io.sluice.ingest;

import io.quarkus.runtime.StartupEvent;
import io.sluice.presence.PresenceRecord;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Says again and again that this instance lives, so that devices of one that has died count as disconnected without anybody
 * having said so.
 */
@Singleton
class InstanceLease {
    private static final long LOOK_MS = 500;

    private final IngestServices services;
    private final Vertx vertx;
    private final long leaseMs;
    private long renewAtMs;

    InstanceLease(IngestServices services, Vertx vertx) {
        this.services = services;
        this.vertx = vertx;
        this.leaseMs = services.config().lease().toMillis();
    }

    void start(@Observes StartupEvent event) {
        if (services.isEnabled()) {
            vertx.setPeriodic(LOOK_MS, timer -> renew(System.currentTimeMillis()));
        }
    }

    private void renew(long nowMs) {
        if (nowMs >= renewAtMs && services.log().isReady() && !services.isDraining()) {
            renewAtMs = nowMs + leaseMs / 3;
            services.announcements().announce(new PresenceRecord.Lease(services.instance(), nowMs + leaseMs));
        }
    }

    /** The last word of an instance that stops in order. */
    void end() {
        if (services.isEnabled() && services.log().isReady()) {
            services.announcements()
                    .announce(new PresenceRecord.Lease(services.instance(), System.currentTimeMillis()));
        }
    }
}
