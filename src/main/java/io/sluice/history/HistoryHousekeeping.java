package io.sluice.history;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the partitions of the days to come and drops those that are too old, once an hour, where history is written. */
@ApplicationScoped
class HistoryHousekeeping {
    private static final Duration EVERY = Duration.ofHours(1);
    /** What has to be loaded first is loaded by then; writing makes its own partitions in any case. */
    private static final Duration FIRST = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HistoryWrites writes;
    private final HistoryWriter writer;
    private final boolean isOurs;
    private long first;
    private long timer;

    HistoryHousekeeping(
            Vertx vertx,
            HistoryWrites writes,
            HistoryWriter writer,
            @ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") Set<String> roles) {
        this.vertx = vertx;
        this.writes = writes;
        this.writer = writer;
        this.isOurs = roles.contains("rollup");
    }

    void start(@Observes StartupEvent event) {
        if (isOurs) {
            first = vertx.setTimer(FIRST.toMillis(), id -> sweep());
            timer = vertx.setPeriodic(EVERY.toMillis(), id -> sweep());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(first);
        vertx.cancelTimer(timer);
    }

    private void sweep() {
        run().subscribe().with(done -> {}, e -> HistoryLog.LOG.housekeepingFailed(e.toString()));
    }

    Uni<Void> run() {
        LocalDate oldest = writer.oldestDay();
        writer.forgetPartitions();
        return writer.makeNextPartitions()
                .chain(() -> writes.dropBefore(oldest))
                .invoke(days -> {
                    if (days > 0) {
                        HistoryLog.LOG.dropped(days);
                    }
                })
                .chain(() -> writes.forgetPurgesBefore(
                        oldest.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }
}
