package io.sluice.history;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** All that changes the stored history. Each statement may be repeated. */
@Singleton
class HistoryWrites {
    /**
     * One statement for any number of rows, so that it is prepared once. A row that is there is replaced only by one
     * that knows at least as much: the topic is read again after a failure, by another instance perhaps while this one
     * is still at it, and an old value must not win over its correction.
     */
    private static final String UPSERT = """
            insert into rollup_history
                (kind, id, metric, unit, length, start_at, count, min, max, mean, stddev, last, last_text, sketch)
            select n.kind, n.id, n.metric, n.unit, n.length, n.start_at, n.count, n.min, n.max, n.mean, n.stddev, n.last,
                   n.last_text, n.sketch
              from unnest($1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::bigint[], $6::timestamptz[],
                          $7::bigint[], $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::float8[],
                          $13::varchar[], $14::bytea[], $15::timestamptz[])
                as n (kind, id, metric, unit, length, start_at, count, min, max, mean, stddev, last, last_text, sketch,
                      arrived_at)
             where not exists (select from purged_histories p
                                where n.kind = 'device' and p.device = n.id
                                  and least(n.start_at, n.arrived_at) < p.purged_at)
            on conflict (kind, id, metric, length, unit, start_at) do update
               set count = excluded.count, min = excluded.min, max = excluded.max, mean = excluded.mean,
                   stddev = excluded.stddev, last = excluded.last, last_text = excluded.last_text,
                   sketch = excluded.sketch
             where (excluded.last_text is null, excluded.count)
                   >= (rollup_history.last_text is null, rollup_history.count)
            """;

    private final Statements statements;

    HistoryWrites(Statements statements) {
        this.statements = statements;
    }

    /** Their days must have partitions. Of several rows of one key the one that replaces the others is written. */
    Uni<Void> upsert(Collection<HistoryRow> rows) {
        Map<HistoryRow.Key, HistoryRow> byKey = new LinkedHashMap<>();
        for (HistoryRow row : rows) {
            byKey.merge(row.key(), row, (before, now) -> now.replaces(before) ? now : before);
        }
        Tuple columns = columns(List.copyOf(byKey.values()));
        return statements.run(UPSERT, columns).replaceWithVoid();
    }

    private static Tuple columns(List<HistoryRow> rows) {
        Tuple columns = Tuple.tuple();
        columns.addArrayOfString(column(rows, row -> row.key().kind().word(), String[]::new));
        columns.addArrayOfString(column(rows, row -> row.key().id(), String[]::new));
        columns.addArrayOfString(column(rows, row -> storable(row.item().metric()), String[]::new));
        columns.addArrayOfString(column(rows, row -> storable(row.unit()), String[]::new));
        columns.addArrayOfLong(column(rows, HistoryRow::length, Long[]::new));
        columns.addArrayOfOffsetDateTime(times(rows, row -> row.item().start()));
        columns.addArrayOfLong(column(rows, row -> row.item().count(), Long[]::new));
        columns.addArrayOfDouble(figures(rows, RollupItem::min));
        columns.addArrayOfDouble(figures(rows, RollupItem::max));
        columns.addArrayOfDouble(figures(rows, RollupItem::mean));
        columns.addArrayOfDouble(figures(rows, RollupItem::stddev));
        columns.addArrayOfDouble(figures(rows, RollupItem::last));
        columns.addArrayOfString(column(
                rows,
                row -> row.item().lastText() == null
                        ? null
                        : storable(row.item().lastText()),
                String[]::new));
        columns.addValue(column(rows, row -> row.sketch() == null ? null : Buffer.buffer(row.sketch()), Buffer[]::new));
        columns.addArrayOfOffsetDateTime(times(rows, HistoryRow::arrived));
        return columns;
    }

    private static <T> T[] column(List<HistoryRow> rows, Function<HistoryRow, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static Double[] figures(List<HistoryRow> rows, Function<RollupItem, Double> figure) {
        return column(rows, row -> finite(figure.apply(row.item())), Double[]::new);
    }

    private static @Nullable Double finite(Double figure) {
        return Double.isFinite(figure) ? figure : null;
    }

    private static OffsetDateTime[] times(List<HistoryRow> rows, Function<HistoryRow, Long> millis) {
        return column(
                rows, row -> Instant.ofEpochMilli(millis.apply(row)).atOffset(ZoneOffset.UTC), OffsetDateTime[]::new);
    }

    /** PostgreSQL has no U+0000 in texts; a device may send it. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    Uni<Void> makePartitions(Collection<LocalDate> days) {
        return statements
                .run(
                        "select make_history_partition(day) from unnest($1::date[]) as day",
                        Tuple.tuple().addArrayOfLocalDate(days.toArray(LocalDate[]::new)))
                .replaceWithVoid();
    }

    /** @return how many days went */
    Uni<Integer> dropBefore(LocalDate day) {
        return statements
                .run("select drop_history_before($1)", Tuple.of(day))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /**
     * Removes a device's own rollups and remembers that it did: records of it may still be on the topic, and windows may
     * still be open. The lock waits for statements that do not know of the purge yet, so that none brings a row back.
     */
    Uni<Void> purge(String device) {
        return statements
                .transaction(connection -> connection
                        .query("lock table purged_histories in access exclusive mode")
                        .execute()
                        .chain(() -> connection
                                .preparedQuery("insert into purged_histories (device, purged_at) values ($1, now())"
                                        + " on conflict (device) do update set purged_at = excluded.purged_at")
                                .execute(Tuple.of(device))))
                .chain(() -> statements.run(
                        "delete from rollup_history where kind = $1 and id = $2",
                        Tuple.of(RollupKey.Kind.DEVICE.word(), device)))
                .replaceWithVoid();
    }

    /** Purges before that moment concern nothing that would be stored. */
    Uni<Void> forgetPurgesBefore(Instant moment) {
        return statements
                .run("delete from purged_histories where purged_at < $1", Tuple.of(moment.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
