package io.sluice.history;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Brings rows into the database, however long it takes: while the database is away it tries again at growing intervals,
 * and the topic waits. Only rows that the database refuses for what they are, are left out, one by one, so that none of
 * them holds up the others.
 */
@Singleton
class HistoryWriter {
    /** Event times further ahead are no device's; they would make partitions for years. */
    static final Duration AHEAD = Duration.ofDays(7);

    /** Bad values, broken constraints, sizes beyond a limit. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    private static final String NO_PARTITION = "23514";

    private final HistoryWrites writes;
    private final HistoryConfig config;
    private final HistoryCounters counters;
    private final LongSupplier clock = System::currentTimeMillis;
    private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    HistoryWriter(HistoryWrites writes, HistoryConfig config, HistoryCounters counters) {
        this.writes = writes;
        this.config = config;
        this.counters = counters;
    }

    /** Completes when the database has all of them but those that it refuses or that nobody may store; never fails. */
    Uni<Void> write(List<HistoryRow> rows) {
        LocalDate oldest = oldestDay();
        LocalDate newest = dayOf(clock.getAsLong() + AHEAD.toMillis());
        List<HistoryRow> kept = rows.stream()
                .filter(row -> !row.day().isBefore(oldest) && !row.day().isAfter(newest))
                .toList();
        counters.outOfRange.add(rows.size() - kept.size());
        return store(kept);
    }

    LocalDate oldestDay() {
        return dayOf(clock.getAsLong() - config.retention().toMillis());
    }

    private static LocalDate dayOf(long time) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
    }

    /** Today's and tomorrow's, before they are needed; what comes for other days makes them when it comes. */
    Uni<Void> makeNextPartitions() {
        LocalDate today = dayOf(clock.getAsLong());
        return writes.makePartitions(List.of(today, today.plusDays(1)));
    }

    /** Somebody may have dropped partitions that were there. */
    void forgetPartitions() {
        made.clear();
    }

    private Uni<Void> store(List<HistoryRow> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> attempt(rows))
                .onFailure(e -> !isRefusal(e))
                .invoke(this::failed)
                .onFailure(e -> !isRefusal(e))
                .retry()
                .withBackOff(config.retryMin(), config.retryMax())
                .indefinitely()
                .invoke(() -> stored(rows.size()))
                .onFailure()
                .recoverWithUni(e -> withoutTheRefused(rows, e));
    }

    private Uni<Void> attempt(List<HistoryRow> rows) {
        Set<LocalDate> days = new TreeSet<>();
        rows.forEach(row -> days.add(row.day()));
        days.removeAll(made);
        Uni<Void> prepared = days.isEmpty()
                ? Uni.createFrom().voidItem()
                : writes.makePartitions(days).invoke(() -> made.addAll(days));
        return prepared.chain(() -> writes.upsert(rows))
                .ifNoItem()
                .after(config.queryTimeout())
                .failWith(TimeoutException::new);
    }

    private static boolean isRefusal(Throwable e) {
        return e instanceof PgException postgres
                && postgres.getSqlState() != null
                && postgres.getSqlState().length() == 5
                && !postgres.getSqlState().equals(NO_PARTITION)
                && REFUSALS.contains(postgres.getSqlState().substring(0, 2));
    }

    private void failed(Throwable e) {
        forgetPartitions();
        counters.failures.increment();
        if (!away) {
            away = true;
            HistoryLog.LOG.away(e.toString());
        }
    }

    private void stored(int rows) {
        counters.rows.add(rows);
        if (away) {
            away = false;
            HistoryLog.LOG.back();
        }
    }

    private Uni<Void> withoutTheRefused(List<HistoryRow> rows, Throwable e) {
        if (rows.size() == 1) {
            counters.refused.increment();
            HistoryLog.tellOfRefused(e);
            return Uni.createFrom().voidItem();
        }
        int middle = rows.size() / 2;
        return store(rows.subList(0, middle)).chain(() -> store(rows.subList(middle, rows.size())));
    }
}
