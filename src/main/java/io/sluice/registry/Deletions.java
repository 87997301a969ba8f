package io.sluice.registry;

import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Deletes devices and profiles, by plain SQL. {@code Session.remove} is not for us: Hibernate Reactive keeps the stage of an
 * entity's deletion where all sessions share it, so that of two deletions at once one goes on in the other's session, while
 * its own transaction stays open for ever. Its refusals are {@link ProblemException}s.
 */
@ApplicationScoped
class Deletions {
    private final Pool pool;

    Deletions(Pool pool) {
        this.pool = pool;
    }

    /** Its tokens go with it. */
    Uni<Void> device(String id, Precondition precondition) {
        return pool.withTransaction(connection -> locked(
                        connection, "select version from devices where id = $1 for update", id, precondition, "device")
                .chain(() -> connection
                        .preparedQuery("delete from devices where id = $1")
                        .execute(Tuple.of(id)))
                .replaceWithVoid());
    }

    /** Fails with a violation of the foreign key where devices have it. */
    Uni<Void> profile(String name, Precondition precondition) {
        return pool.withTransaction(connection -> locked(
                        connection,
                        "select version from profiles where name = $1 for update",
                        name,
                        precondition,
                        "profile")
                .chain(() -> connection
                        .preparedQuery("delete from profiles where name = $1")
                        .execute(Tuple.of(name)))
                .replaceWithVoid());
    }

    private static Uni<Void> locked(
            SqlConnection connection, String select, String key, Precondition precondition, String kind) {
        return connection
                .preparedQuery(select)
                .execute(Tuple.of(key))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new ProblemException(404, "There is no such " + kind + ".");
                    }
                    precondition.require(rows.iterator().next().getLong(0));
                })
                .replaceWithVoid();
    }
}
