package io.sluice.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Clears away ended sessions, unspent tickets and old entries of the audit, which nobody else would. */
@ApplicationScoped
class Housekeeping {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final SessionStore sessions;
    private final Audit audit;
    private final AccessConfig config;
    private long timer;

    Housekeeping(Vertx vertx, SessionStore sessions, Audit audit, AccessConfig config) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.audit = audit;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(EVERY.toMillis(), id -> sweep());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void sweep() {
        sessions.sweep(config.sessionIdle(), config.sessionAbsolute())
                .chain(() -> audit.forgetBefore(config.auditRetention()))
                .subscribe()
                .with(done -> {}, e -> AccessLog.LOG.housekeepingFailed(e.toString()));
    }
}
