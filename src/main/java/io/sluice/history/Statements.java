package io.sluice.history;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Statements that end: whoever gives one up here does not end it there, and the pool, which all rooms share, has its
 * connection back only then. So the database itself gives it up, a moment after the caller has. Where not even that is
 * heard of (a network that swallows everything), connections stay away until TCP gives up; they are {@link
 * HistoryConfig#maxConnections} at most, so that the other rooms have the rest of the pool.
 */
@Singleton
class Statements {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Pool pool;
    private final String bound;
    private final Semaphore connections;

    Statements(Pool pool, HistoryConfig config) {
        this.pool = pool;
        connections = new Semaphore(config.maxConnections());
        bound = "set local statement_timeout = "
                + config.queryTimeout().plus(MOMENT).toMillis();
    }

    /** In a transaction of its own that the database ends in time. */
    Uni<RowSet<Row>> run(String statement, Tuple values) {
        return transaction(connection -> connection
                .query(bound)
                .execute()
                .chain(() -> connection.preparedQuery(statement).execute(values)));
    }

    /**
     * Over a connection that is asked for. The pool's own one-shot query leaves a timer behind where none can be made
     * (Vert.x 4.5.28), which ends in a stack trace in the log 30 s later, for every attempt of an outage.
     *
     * <p>Fails like a database that is away where no further connection may be taken.
     */
    <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (!connections.tryAcquire()) {
                return Uni.createFrom().failure(new IOException("none of the history's connections is free"));
            }
            Future<T> done = begin(work);
            // When the connection is back, not when the caller turns away: that is the point of counting.
            done.onComplete(ended -> connections.release());
            return UniHelper.toUni(done);
        });
    }

    private <T> Future<T> begin(Function<SqlConnection, Uni<T>> work) {
        try {
            return pool.getDelegate()
                    .withTransaction(
                            connection -> UniHelper.toFuture(work.apply(SqlConnection.newInstance(connection))));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
