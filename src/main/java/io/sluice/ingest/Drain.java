package io.sluice.ingest;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The end of an instance (device protocol section 5): handshakes are refused, every device is told to come back, what came
 * until then is flushed and acknowledged, then 1012. Bounded, so that an absent broker holds no shutdown up.
 */
@Singleton
class Drain {
    private static final long POLL_MS = 20;

    private final IngestServices services;
    private final PostRoute posts;
    private final InstanceLease lease;

    Drain(IngestServices services, PostRoute posts, InstanceLease lease) {
        this.services = services;
        this.posts = posts;
        this.lease = lease;
    }

    /**
     * {@code ShutdownEvent} would be too late: the HTTP server, and every socket with it, is closed before that. This event
     * comes first (with {@code quarkus.shutdown.delay-enabled}), and the shutdown waits for it.
     */
    void stopping(@Observes ShutdownDelayInitiatedEvent event) {
        long begun = System.nanoTime();
        services.beginDraining();
        List<DeviceConnection> connections = List.copyOf(services.all());
        if (!connections.isEmpty()) {
            IngestLog.LOG.draining(connections.size());
        }
        connections.forEach(DeviceConnection::drain);
        connections.forEach(DeviceConnection::restart);
        await(begun);
        lease.end();
    }

    private void await(long begun) {
        long refusal = services.isEnabled() ? services.config().drainRefusal().toNanos() : 0;
        long timeout = services.config().drainTimeout().toNanos();
        try {
            for (long spent = 0; spent < (remaining() > 0 ? timeout : refusal); spent = System.nanoTime() - begun) {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (remaining() > 0) {
            IngestLog.LOG.drainIncomplete(remaining());
        }
    }

    private int remaining() {
        Connections connections = services.connections();
        // A handshake that was admitted is no connection yet; one whose socket has gone may have to say so yet.
        return Math.max(connections.admitted(), connections.size()) + posts.underway();
    }
}
