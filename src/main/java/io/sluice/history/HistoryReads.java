package io.sluice.history;

import io.sluice.platform.Problem;
import io.sluice.platform.ProblemException;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupKey;
import io.sluice.rollup.Sketch;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from the database, in portions by key: no statement reads more than some thousand rows, so none holds up
 * the database for long, and a question whose caller has gone ends with its portion. What is read is merged, and then written,
 * by a worker; there are as many as questions at a time.
 *
 * <p>The merging is done here and not in SQL: every sketch has to come here anyway; PostgreSQL ends a query at the first
 * product that is too great or too small for a double; and a sum of squares loses the deviation of values far from zero.
 */
@Singleton
class HistoryReads {
    private static final int PORTION = 2_000;

    private static final String READ = """
            select unit, start_at, count, min, max, mean, stddev, last, last_text, sketch
              from rollup_history
             where kind = $1 and id = $2 and metric = $3 and length = $4
               and start_at >= $5 and start_at < $6 and (unit, start_at) >= ($7, $8)
             order by unit, start_at
             limit $9
            """;

    private final Statements statements;
    private final HistoryConfig config;
    private final AtomicInteger working = new AtomicInteger();

    HistoryReads(Statements statements, HistoryConfig config) {
        this.statements = statements;
        this.config = config;
    }

    /** Fails with 503 where too many questions are being worked on. */
    Uni<HistoryAnswer> answer(HistoryQuery query, long now) {
        return Uni.createFrom().deferred(() -> {
            if (working.incrementAndGet() > config.maxQueries()) {
                working.decrementAndGet();
                throw new ProblemException(Problem.of(503, "Too many questions at a time; try again."), 1);
            }
            HistoryAnswer answer = new HistoryAnswer(query, now);
            return read(query, answer, query.begin(), 0)
                    .onTermination()
                    .invoke(working::decrementAndGet)
                    .replaceWith(answer);
        });
    }

    private Uni<Void> read(HistoryQuery query, HistoryAnswer answer, PagePosition begin, int taken) {
        int portion = Math.min(PORTION, config.maxRows() - taken);
        Tuple values = Tuple.from(new Object[] {
            query.kind().word(),
            query.id(),
            query.metric(),
            query.stored().length(),
            time(query.from()),
            time(query.to()),
            begin.unit(),
            time(begin.start()),
            portion + 1
        });
        return statements
                .run(READ, values)
                .ifNoItem()
                .after(config.queryTimeout())
                .fail()
                // A portion may hold 2,000 wide sketches, a tenth of a second's merging.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(rows -> {
                    PagePosition rest = take(query, answer, rows, portion);
                    if (rest == null) {
                        return Uni.createFrom().voidItem();
                    }
                    if (taken + portion >= config.maxRows()) {
                        answer.cut(config.maxRows());
                        return Uni.createFrom().voidItem();
                    }
                    return read(query, answer, rest, taken + portion);
                });
    }

    /** @return where the next portion begins; null where there is none to be read */
    private static @Nullable PagePosition take(
            HistoryQuery query, HistoryAnswer answer, RowSet<Row> rows, int portion) {
        int taken = 0;
        for (Row row : rows) {
            RollupItem item = item(query, row);
            if (taken++ == portion) {
                return new PagePosition(query.from(), query.to(), item.start(), row.getString(0));
            }
            Buffer sketch = row.getBuffer(9);
            if (!answer.take(item, sketch == null ? null : Sketch.fromBytes(sketch.getBytes()))) {
                return null;
            }
        }
        answer.end();
        return null;
    }

    private static RollupItem item(HistoryQuery query, Row row) {
        String unit = row.getString(0);
        boolean ofDevice = query.kind() == RollupKey.Kind.DEVICE;
        return new RollupItem(
                ofDevice ? query.id() : null,
                ofDevice ? null : query.id(),
                query.metric(),
                unit.isEmpty() ? null : unit,
                query.stored().name(),
                row.getOffsetDateTime(1).toInstant().toEpochMilli(),
                row.getLong(2),
                figure(row, 3),
                figure(row, 4),
                figure(row, 5),
                figure(row, 6),
                figure(row, 7),
                row.getString(8),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                true);
    }

    private static double figure(Row row, int column) {
        Double figure = row.getDouble(column);
        return figure == null ? Double.NaN : figure;
    }

    private static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }
}
