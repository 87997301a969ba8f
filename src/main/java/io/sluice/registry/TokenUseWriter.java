package io.sluice.registry;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.platform.LogPace;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes the last uses of tokens down, some at a time and behind the devices' backs: no handshake waits for it, and a
 * database that is away costs nothing but the delay. What a process had not written when it was killed is lost.
 */
@ApplicationScoped
class TokenUseWriter {
    private static final int BATCH = 1_000;
    private static final Duration LAST_WRITE = Duration.ofSeconds(2);

    /** In the order of the ids, so that two instances cannot wait for each other; of tokens that still exist. */
    private static final String WRITE = """
            insert into device_token_uses (token_id, used_at)
            select t.id, u.used_at
              from unnest($1::bigint[], $2::timestamptz[]) as u (id, used_at)
              join device_tokens t on t.id = u.id
             order by t.id
            on conflict (token_id) do update set used_at = greatest(device_token_uses.used_at, excluded.used_at)
            """;

    private final Vertx vertx;
    private final Pool pool;
    private final TokenUses uses;
    private final RegistryConfig config;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final LogPace outages = new LogPace(Duration.ofMinutes(1));
    private long timer;

    TokenUseWriter(Vertx vertx, Pool pool, TokenUses uses, RegistryConfig config) {
        this.vertx = vertx;
        this.pool = pool;
        this.uses = uses;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.tokenUseInterval().toMillis(), id -> write());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        writeAll()
                .ifNoItem()
                .after(LAST_WRITE)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    private void write() {
        if (writing.compareAndSet(false, true)) {
            writeAll()
                    .ifNoItem()
                    .after(config.directory().queryTimeout())
                    .fail()
                    .onTermination()
                    .invoke(() -> writing.set(false))
                    .subscribe()
                    .with(done -> {}, this::failed);
        }
    }

    private void failed(Throwable e) {
        if (outages.permits()) {
            RegistryLog.LOG.tokenUsesNotWritten(e.toString());
        }
    }

    private Uni<Void> writeAll() {
        Map<Long, Long> some = uses.take(BATCH);
        if (some.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Long> tokens = new ArrayList<>(some.size());
        List<OffsetDateTime> times = new ArrayList<>(some.size());
        some.forEach((token, at) -> {
            tokens.add(token);
            times.add(Instant.ofEpochMilli(at).atOffset(ZoneOffset.UTC));
        });
        Tuple values = Tuple.of(tokens.toArray(Long[]::new), times.toArray(OffsetDateTime[]::new));
        // The pool's own one-shot queries log an error with a stack trace where no connection is to be had.
        return pool.withConnection(connection -> connection.preparedQuery(WRITE).execute(values))
                .onFailure()
                .invoke(() -> some.forEach(uses::used))
                .onCancellation()
                .invoke(() -> some.forEach(uses::used))
                .chain(this::writeAll);
    }
}
