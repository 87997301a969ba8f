package io.sluice.access;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what to what and when. */
@ApplicationScoped
class Audit {
    private static final int MAX_TARGET = 300;

    private final Pool pool;

    Audit(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param at ms since 1970
     * @param action the request's method
     * @param target its path
     * @param status how it was answered
     */
    record Entry(long id, long at, String operator, String address, String action, String target, int status)
            implements JsonAnswer {
        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.whole("id", id)
                    .whole("at", at)
                    .text("operator", operator)
                    .text("address", address)
                    .text("action", action)
                    .text("target", target)
                    .whole("status", status);
        }
    }

    Uni<Void> write(String operator, String address, String action, String target, int status) {
        String shortened = target.length() <= MAX_TARGET ? target : target.substring(0, MAX_TARGET);
        return pool.preparedQuery(
                        "insert into audit (operator, address, action, target, status) values ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(operator, address, action, shortened, status))
                .replaceWithVoid();
    }

    /** The newest first, those before {@code before}. */
    Uni<List<Entry>> list(@Nullable String operator, long before, int limit) {
        return pool.preparedQuery("select id, at, operator, address, action, target, status from audit"
                        + " where id < $1 and ($2::varchar is null or operator = $2) order by id desc limit $3")
                .execute(Tuple.of(before, operator, limit))
                .map(rows -> {
                    List<Entry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(entry(row)));
                    return entries;
                });
    }

    Uni<Void> forgetBefore(Duration age) {
        return pool.preparedQuery("delete from audit where at < $1")
                .execute(Tuple.of(OffsetDateTime.now(ZoneOffset.UTC).minus(age)))
                .replaceWithVoid();
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant().toEpochMilli(),
                row.getString("operator"),
                row.getString("address"),
                row.getString("action"),
                row.getString("target"),
                row.getInteger("status"));
    }
}
