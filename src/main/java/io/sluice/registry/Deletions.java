package io.sluice.registry;

import io.sluice.platform.Precondition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Deletes devices and profiles, by plain SQL. {@code Session.remove} is not for us: Hibernate Reactive keeps the stage of an
 * entity's deletion where all sessions share it, so that of two deletions at once one goes on in the other's session, while
 * its own transaction stays open for ever. Refused as by {@link LockedRow}.
 */
@ApplicationScoped
class Deletions {
    private final Pool pool;

    Deletions(Pool pool) {
        this.pool = pool;
    }

    /** Its tokens go with it. */
    Uni<Void> device(String id, Precondition precondition) {
        return pool.withTransaction(connection -> LockedRow.device(connection, id, precondition)
                .chain(() -> connection
                        .preparedQuery("delete from devices where id = $1")
                        .execute(Tuple.of(id)))
                .replaceWithVoid());
    }

    /** Fails with a violation of the foreign key where devices have it. */
    Uni<Void> profile(String name, Precondition precondition) {
        return pool.withTransaction(connection -> LockedRow.profile(connection, name, precondition)
                .chain(() -> connection
                        .preparedQuery("delete from profiles where name = $1")
                        .execute(Tuple.of(name)))
                .replaceWithVoid());
    }
}
