package io.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.registry.DeviceHistory;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.Sketch;
import io.sluice.rollup.Window;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the topic into the database, with the real broker and the real database. */
@QuarkusTest
class StoringTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger COUNT = new AtomicInteger();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    Pool pool;

    @Inject
    HistoryCounters counters;

    @Inject
    HistoryHousekeeping housekeeping;

    @Inject
    HistoryWrites writes;

    @Inject
    HistoryWriter writer;

    @Inject
    StoredHistory history;

    @Inject
    Statements statements;

    @Inject
    HistoryReads reads;

    private final String device = "stored-" + Long.toString(System.nanoTime(), 36) + "-" + COUNT.incrementAndGet();
    private final long now = System.currentTimeMillis() / Rollups.MINUTE * Rollups.MINUTE;
    private HistoryTopic topic;

    @BeforeEach
    void open() {
        topic = new HistoryTopic(broker);
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void connectionsThatDoNotComeBackAreBoundedAndOthersHaveTheRest() {
        CompletableFuture<Integer> silence = new CompletableFuture<>();
        Supplier<Uni<Integer>> swallowed =
                () -> statements.transaction(connection -> Uni.createFrom().completionStage(silence));
        try {
            await("all of the history's in use").atMost(SOON).until(() -> {
                // Whoever asks gives up at once; the connection is away all the same.
                swallowed.get().subscribe().with(done -> {}, e -> {}).cancel();
                return fails(statements.run("select 1", Tuple.tuple()));
            });
            int one = pool.query("select 1")
                    .execute()
                    .map(rows -> rows.iterator().next().getInteger(0))
                    .await()
                    .atMost(SOON);
            assertThat(one).isEqualTo(1);
        } finally {
            silence.complete(0);
        }
        await("they are back").atMost(SOON).until(() -> !fails(statements.run("select 1", Tuple.tuple())));
    }

    private static boolean fails(Uni<?> statement) {
        return statement
                .map(done -> false)
                .onFailure(IOException.class)
                .recoverWithItem(true)
                .await()
                .atMost(SOON);
    }

    @Test
    void whatIsReadIsMergedByAWorker() {
        topic.put(Rollups.of(device, "t", now, 20, 21.5));
        awaitRows(1);
        HistoryQuery query = HistoryQuery.of(
                new HistoryQuery.Parameters(device, null, "t", null, null, null, "1", null, null),
                List.of(Window.parse("1m")),
                now + Rollups.MINUTE);
        String worker = reads.answer(query, now)
                .map(answer -> Thread.currentThread().getName())
                .await()
                .atMost(SOON);
        assertThat(worker).doesNotContain("eventloop");
    }

    @Test
    void aFinalRollupBecomesARowOnceHoweverOftenItComes() {
        byte[] sketch = {1, 1, 2, 20};
        RollupItem item = Rollups.of(device, "t", now, 20, 21.5);
        topic.put(item, sketch);
        topic.put(item, sketch);
        topic.put(Rollups.of(device, "t", now + Rollups.MINUTE, 1, 1));
        awaitRows(2);
        Row row = rows().get(0);
        assertThat(row.getLong("count")).isEqualTo(20);
        assertThat(row.getDouble("mean")).isEqualTo(21.5);
        assertThat(row.getDouble("stddev")).isEqualTo(0.5);
        assertThat(row.getString("unit")).isEqualTo("Cel");
        assertThat(row.getLong("length")).isEqualTo(Rollups.MINUTE);
        assertThat(row.getOffsetDateTime("start_at").toInstant().toEpochMilli()).isEqualTo(now);
        assertThat(row.getBuffer("sketch").getBytes()).isEqualTo(sketch);
    }

    @Test
    void aCorrectionReplacesAndWhatCameBeforeItDoesNotComeBack() {
        topic.put(Rollups.of(device, "t", now, 20, 1));
        topic.put(Rollups.of(device, "t", now, 21, 2));
        topic.put(Rollups.of(device, "t", now, 20, 1));
        topic.put(Rollups.of(device, "mark", now, 1, 1));
        awaitRows(2);
        store(Rollups.of(device, "t", now, 19, 3));
        assertThat(rows()).extracting(row -> row.getLong("count")).contains(21L);
        store(Rollups.text(device, "door", now, 9, "open"), numbersOf("door"));
        assertThat(rows()).extracting(row -> row.getString("last_text")).containsOnlyNulls();
    }

    private RollupItem numbersOf(String metric) {
        RollupItem one = Rollups.of(device, metric, now, 1, 1);
        return new RollupItem(one.device(), null, metric, null, "1m", now, 1, 1, 1, 1, 0, 1, null, 1, 1, 1, true);
    }

    @Test
    void whatIsNotUnderstoodIsLeftOutAndCountedAndHoldsNothingUp() {
        long before = counters.undecodable.sum();
        byte[] key = "x".getBytes(StandardCharsets.UTF_8);
        topic.put(key, null, null);
        topic.put(null, "{".getBytes(StandardCharsets.UTF_8), null);
        topic.put(key, RollupJson.encode(Rollups.interim(device, "t", now)), null);
        topic.put(Rollups.of(device, "t", now, 1, 1), new byte[] {9});
        topic.put(Rollups.of(device, "good", now, 1, 1), new Sketch().toBytes());
        awaitRows(1);
        assertThat(counters.undecodable.sum() - before).isEqualTo(4);
    }

    @Test
    void whatTheDatabaseCannotHoldIsLeftOutAlone() {
        long before = counters.refused.sum();
        Random random = new Random(7);
        StringBuilder name = new StringBuilder();
        // too long for an index, and of a kind that does not compress
        random.ints(9_000, 'A', 'z').forEach(c -> name.append((char) c));
        List<RollupItem> items = new ArrayList<>();
        IntStream.range(0, 9).forEach(i -> items.add(Rollups.of(device, "t" + i, now, 1, 1)));
        items.add(4, Rollups.of(device, name.toString(), now, 1, 1));
        store(items.toArray(RollupItem[]::new));
        assertThat(rows()).hasSize(9);
        assertThat(counters.refused.sum() - before).isEqualTo(1);
    }

    @Test
    void textMayHoldWhatPostgresCannot() {
        store(Rollups.text(device, "door", now, 3, "o\0pen \uD800"));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getString("last_text")).startsWith("o\uFFFDpen ");
            assertThat(row.getDouble("mean")).isNull();
        });
    }

    @Test
    void extremeFiguresAreStoredAsTheyAre() {
        store(new RollupItem(
                device,
                null,
                "x",
                null,
                "1m",
                now,
                2,
                -Double.MAX_VALUE,
                Double.MIN_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                1e-310,
                null,
                0,
                0,
                0,
                true));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getDouble("min")).isEqualTo(-Double.MAX_VALUE);
            assertThat(row.getDouble("max")).isEqualTo(Double.MIN_VALUE);
            assertThat(row.getDouble("last")).isEqualTo(1e-310);
            assertThat(row.getDouble("mean")).isNull();
            assertThat(row.getDouble("stddev")).isNull();
        });
    }

    @Test
    void aDayOfABacklogGetsItsPartitionAndWhatIsTooOldOrFarAheadIsCounted() {
        long before = counters.outOfRange.sum();
        long day = Duration.ofDays(1).toMillis();
        store(
                Rollups.of(device, "t", now - 6 * day, 1, 1),
                Rollups.of(device, "t", now - 29 * day, 1, 1),
                Rollups.of(device, "t", now - 40 * day, 1, 1),
                Rollups.of(device, "t", now + 9 * day, 1, 1));
        assertThat(rows()).hasSize(2);
        assertThat(counters.outOfRange.sum() - before).isEqualTo(2);
        assertThat(partitions()).contains(partition(now - 6 * day), partition(now - 29 * day));
    }

    @Test
    void daysToComeAreMadeAheadAndDaysBeyondTheRetentionGo() {
        LocalDate old = LocalDate.now(ZoneOffset.UTC).minusDays(45);
        done(writes.makePartitions(List.of(old)));
        String name = "rollup_history_" + old.toString().replace("-", "");
        assertThat(partitions()).contains(name);
        done(housekeeping.run());
        assertThat(partitions())
                .doesNotContain(name)
                .contains(partition(now), partition(now + Duration.ofDays(1).toMillis()));
    }

    @Test
    void aPartitionThatVanishedIsMadeAgain() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(20);
        RollupItem item = Rollups.of(
                device, "t", day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(), 1, 1);
        store(item);
        done(pool.query("drop table rollup_history_" + day.toString().replace("-", ""))
                .execute());
        assertThat(rows()).isEmpty();
        store(item);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void manyInstancesMakeTheSameDayAtOnce() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(11);
        List<Uni<Void>> all = IntStream.range(0, 8)
                .mapToObj(i -> writes.makePartitions(List.of(day.plusDays(i % 2), day)))
                .toList();
        done(Uni.join().all(all).andFailFast());
        assertThat(partitions()).contains("rollup_history_" + day.toString().replace("-", ""));
    }

    @Test
    void aPurgedDeviceStaysPurgedWhateverIsStillOnItsWay() {
        store(Rollups.of(device, "t", now - 5 * Rollups.MINUTE, 1, 1), Rollups.ofGroup(device, "t", now, 1, 1));
        DeviceHistory port = history;
        long before = System.currentTimeMillis() - 1;
        done(port.purge(device));
        assertThat(rows()).extracting(row -> row.getString("kind")).containsExactly("group");
        // by a clock that is ahead, and sent before
        store(before, Rollups.of(device, "t", now + 3 * Rollups.MINUTE, 1, 1));
        assertThat(rows()).hasSize(1);
        store(Rollups.of(device, "t", now - 4 * Rollups.MINUTE, 1, 1));
        assertThat(rows()).hasSize(1);
        // registered again: what it sends from now on is a new history
        store(Rollups.of(device, "t", now + 2 * Rollups.MINUTE, 1, 1));
        assertThat(rows()).hasSize(2);
        done(port.purge(device));
        assertThat(rows()).as("a window that is ahead of the clock goes too").hasSize(1);
    }

    private void store(RollupItem... items) {
        store(System.currentTimeMillis() + Rollups.MINUTE, items);
    }

    private void store(long arrived, RollupItem... items) {
        List<HistoryRow> rows = new ArrayList<>();
        for (RollupItem item : items) {
            rows.add(new HistoryRow(item, Rollups.MINUTE, null, arrived));
        }
        done(writer.write(rows));
    }

    private void awaitRows(int count) {
        await().atMost(SOON).until(() -> rows().size() == count);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        done(pool.preparedQuery("select * from rollup_history where id = $1 order by kind, metric, start_at")
                        .execute(Tuple.of(device)))
                .forEach(rows::add);
        return rows;
    }

    private List<String> partitions() {
        List<String> names = new ArrayList<>();
        done(pool.query("select inhrelid::regclass::varchar from pg_inherits"
                                + " where inhparent = 'rollup_history'::regclass")
                        .execute())
                .forEach(row -> names.add(row.getString(0)));
        return names;
    }

    private static String partition(long time) {
        return "rollup_history_"
                + java.time.Instant.ofEpochMilli(time)
                        .toString()
                        .substring(0, 10)
                        .replace("-", "");
    }

    private static <T> T done(Uni<T> work) {
        return work.await().atMost(SOON);
    }
}
