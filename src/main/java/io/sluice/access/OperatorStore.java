package io.sluice.access;

import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.sluice.platform.SqlState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators in the database. Plain SQL: one small table, and log-ins read it outside of any REST call's session. */
@ApplicationScoped
class OperatorStore {
    private static final String COLUMNS = "select name, password_hash, role, version from operators";

    private final Pool pool;

    OperatorStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<Operator>> find(String name) {
        return pool.preparedQuery(COLUMNS + " where name = $1")
                .execute(Tuple.of(name))
                .map(OperatorStore::first);
    }

    /** Those of the operators that there are. */
    Uni<Map<String, Operator>> findAll(Set<String> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery(COLUMNS + " where name = any($1)")
                .execute(Tuple.of((Object) names.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Operator> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString("name"), operator(row)));
                    return found;
                });
    }

    Uni<List<Operator>> list(String after, int limit) {
        return pool.preparedQuery(COLUMNS + " where name > $1 order by name limit $2")
                .execute(Tuple.of(after, limit))
                .map(rows -> {
                    List<Operator> operators = new ArrayList<>();
                    rows.forEach(row -> operators.add(operator(row)));
                    return operators;
                });
    }

    Uni<Boolean> hasAdministrator() {
        return pool.query("select exists (select from operators where role = 'admin')")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Whether it was created; several instances that start together create it once. */
    Uni<Boolean> createFirst(String name, String passwordHash) {
        return pool.preparedQuery("insert into operators (name, password_hash, role) values ($1, $2, 'admin')"
                        + " on conflict (name) do nothing")
                .execute(Tuple.of(name, passwordHash))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Operator> create(String name, String passwordHash, Role role) {
        return pool.preparedQuery("insert into operators (name, password_hash, role) values ($1, $2, $3)")
                .execute(Tuple.of(name, passwordHash, role.wireName()))
                .replaceWith(new Operator(name, passwordHash, role, 0))
                .onFailure(SqlState.UNIQUE_VIOLATION::isBehind)
                .transform(e -> new ProblemException(409, "The operator " + name + " exists already."));
    }

    /** A new password ends the operator's sessions. */
    Uni<Operator> replace(String name, @Nullable String passwordHash, Role role, Precondition precondition) {
        return pool.withTransaction(connection -> locked(connection, name, precondition)
                .call(before -> role == Role.ADMIN || before.role() != Role.ADMIN
                        ? Uni.createFrom().voidItem()
                        : requireAnotherAdministrator(connection, name))
                .chain(before -> connection
                        .preparedQuery("update operators set role = $2, password_hash = $3, version = version + 1"
                                + " where name = $1 returning name, password_hash, role, version")
                        .execute(Tuple.of(
                                name, role.wireName(), passwordHash == null ? before.passwordHash() : passwordHash)))
                .map(rows -> first(rows).orElseThrow())
                .call(() -> passwordHash == null
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery("delete from operator_sessions where operator = $1")
                                .execute(Tuple.of(name))));
    }

    Uni<Void> delete(String name, Precondition precondition) {
        return pool.withTransaction(connection -> locked(connection, name, precondition)
                .call(before -> before.role() == Role.ADMIN
                        ? requireAnotherAdministrator(connection, name)
                        : Uni.createFrom().voidItem())
                .chain(() -> connection
                        .preparedQuery("delete from operators where name = $1")
                        .execute(Tuple.of(name)))
                .replaceWithVoid());
    }

    private static Uni<Operator> locked(SqlConnection connection, String name, Precondition precondition) {
        return connection
                .preparedQuery(COLUMNS + " where name = $1 for update")
                .execute(Tuple.of(name))
                .map(rows -> first(rows).orElseThrow(() -> new ProblemException(404, "There is no such operator.")))
                .invoke(operator -> precondition.require(operator.version()));
    }

    /** Locks them all, so that two administrators cannot remove each other at the same moment. */
    private static Uni<Void> requireAnotherAdministrator(SqlConnection connection, String name) {
        return connection
                .preparedQuery(
                        "select name from operators where role = 'admin' and name <> $1 order by name for update")
                .execute(Tuple.of(name))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new ProblemException(409, "The last administrator must stay one.");
                    }
                })
                .replaceWithVoid();
    }

    private static Optional<Operator> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(operator(row));
        }
        return Optional.empty();
    }

    static Operator operator(Row row) {
        return new Operator(
                row.getString("name"),
                row.getString("password_hash"),
                Role.of(row.getString("role")).orElse(Role.VIEWER),
                row.getLong("version"));
    }
}
