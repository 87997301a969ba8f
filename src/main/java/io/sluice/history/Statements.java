package io.sluice.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Statements that end: whoever gives one up here does not end it there, and the pool, which all rooms share, has its
 * connection back only then. So the database itself gives it up, a moment after the caller has.
 */
@Singleton
class Statements {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Pool pool;
    private final String bound;

    Statements(Pool pool, HistoryConfig config) {
        this.pool = pool;
        bound = "set local statement_timeout = "
                + config.queryTimeout().plus(MOMENT).toMillis();
    }

    /**
     * In a transaction of its own, over a connection that is asked for. The pool's own one-shot query leaves a timer behind
     * where none can be made (Vert.x 4.5.28), which ends in a stack trace in the log 30 s later, for every attempt of an
     * outage.
     */
    Uni<RowSet<Row>> run(String statement, Tuple values) {
        return pool.withTransaction(connection -> connection
                .query(bound)
                .execute()
                .chain(() -> connection.preparedQuery(statement).execute(values)));
    }
}
