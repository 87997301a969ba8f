package io.sluice.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions and tickets in the database, by the hashes of their secrets. */
@ApplicationScoped
class SessionStore {
    private static final String OPERATOR = "o.name, o.password_hash, o.role, o.version";

    private final Pool pool;

    SessionStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param createdAt ms since 1970
     * @param usedAt ms since 1970, up to a minute old
     */
    record Session(Operator operator, long createdAt, long usedAt) {
        boolean isOpen(long now, AccessConfig config) {
            return now - createdAt < config.sessionAbsolute().toMillis()
                    && now - usedAt < config.sessionIdle().toMillis();
        }

        Session usedAt(long now) {
            return new Session(operator, createdAt, now);
        }
    }

    Uni<Void> create(Secret secret, String operator) {
        return pool.preparedQuery("insert into operator_sessions (hash, operator) values ($1, $2)")
                .execute(Tuple.of(hash(secret), operator))
                .replaceWithVoid();
    }

    Uni<Optional<Session>> find(Secret secret) {
        return pool.preparedQuery("select " + OPERATOR + ", s.created_at, s.used_at"
                        + " from operator_sessions s join operators o on o.name = s.operator where s.hash = $1")
                .execute(Tuple.of(hash(secret)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(session(row));
                    }
                    return Optional.empty();
                });
    }

    /** Those of the sessions that there are, by the hashes of their secrets. */
    Uni<Map<Buffer, Session>> findAll(Set<Secret> secrets) {
        if (secrets.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Buffer[] hashes = secrets.stream().map(SessionStore::hash).toArray(Buffer[]::new);
        return pool.preparedQuery("select s.hash, " + OPERATOR + ", s.created_at, s.used_at"
                        + " from operator_sessions s join operators o on o.name = s.operator where s.hash = any($1)")
                .execute(Tuple.of((Object) hashes))
                .map(rows -> {
                    Map<Buffer, Session> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getDelegate().getBuffer("hash"), session(row)));
                    return found;
                });
    }

    Uni<Void> touch(Secret secret) {
        return pool.preparedQuery("update operator_sessions set used_at = now() where hash = $1")
                .execute(Tuple.of(hash(secret)))
                .replaceWithVoid();
    }

    Uni<Void> delete(Secret secret) {
        return pool.preparedQuery("delete from operator_sessions where hash = $1")
                .execute(Tuple.of(hash(secret)))
                .replaceWithVoid();
    }

    Uni<Void> createTicket(Secret secret, String operator, Duration validity) {
        return pool.preparedQuery("insert into operator_tickets (hash, operator, expires_at) values ($1, $2, $3)")
                .execute(Tuple.of(hash(secret), operator, now().plus(validity)))
                .replaceWithVoid();
    }

    /** Spends a ticket: whoever asks second, on whatever instance, finds none. */
    Uni<Optional<Operator>> spendTicket(Secret secret) {
        return pool.preparedQuery("delete from operator_tickets t using operators o"
                        + " where t.hash = $1 and o.name = t.operator returning " + OPERATOR + ", t.expires_at")
                .execute(Tuple.of(hash(secret)))
                .map(rows -> {
                    for (Row row : rows) {
                        if (row.getOffsetDateTime("expires_at").isAfter(now())) {
                            return Optional.of(OperatorStore.operator(row));
                        }
                    }
                    return Optional.empty();
                });
    }

    /** Clears away what has ended. */
    Uni<Void> sweep(Duration idle, Duration absolute) {
        return pool.preparedQuery("delete from operator_sessions where used_at < $1 or created_at < $2")
                .execute(Tuple.of(now().minus(idle), now().minus(absolute)))
                .chain(() -> pool.preparedQuery("delete from operator_tickets where expires_at < $1")
                        .execute(Tuple.of(now())))
                .replaceWithVoid();
    }

    private static Session session(Row row) {
        return new Session(OperatorStore.operator(row), millis(row, "created_at"), millis(row, "used_at"));
    }

    private static Buffer hash(Secret secret) {
        return Buffer.buffer(secret.hash());
    }

    private static long millis(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant().toEpochMilli();
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }
}
