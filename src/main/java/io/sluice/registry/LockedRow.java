package io.sluice.registry;

import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Locks a row until its transaction ends. Refused with a {@link ProblemException}: 404 where there is no such row, 412
 * where it has another version than the precondition names.
 */
final class LockedRow {
    private LockedRow() {}

    static Uni<Void> device(SqlConnection connection, String id, Precondition precondition) {
        return lock(connection, "select version from devices where id = $1 for update", id, precondition, "device");
    }

    static Uni<Void> profile(SqlConnection connection, String name, Precondition precondition) {
        return lock(
                connection, "select version from profiles where name = $1 for update", name, precondition, "profile");
    }

    private static Uni<Void> lock(
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
