package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A directory of 100,000 devices with two tokens each, from a real database: loaded in seconds, under 100 MB. */
@QuarkusTest
class DirectorySizeTest {
    private static final int DEVICES = 100_000;
    private static final int PAGE = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    Pool pool;

    @Inject
    Directory own;

    @BeforeEach
    void insert() {
        sql("insert into devices (id, name, group_name, profile, enabled)"
                + " select 'many-' || n, 'one of many', 'line-' || n % 100, 'default', true"
                + " from generate_series(1, " + DEVICES + ") n");
        // A connection that has checked foreign keys while there were a few devices would go on reading them all for
        // each.
        sql("analyze devices");
        sql("insert into device_tokens (device_id, hash)"
                + " select 'many-' || n, sha256(('token' || n || '-' || k)::bytea)"
                + " from generate_series(1, " + DEVICES + ") n, generate_series(1, 2) k");
        // The same with the tokens, which go with their devices at the end.
        sql("analyze device_tokens");
        // The service's own directory loads them, too; it has done so before anything is measured.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> own.authenticate("token" + DEVICES + "-2") instanceof Admission.Admitted
                        && own.authenticate("token1-2") instanceof Admission.Admitted);
    }

    @AfterEach
    void delete() {
        sql("delete from devices where id like 'many-%'");
    }

    @Test
    void isLoadedInSecondsAndSmall() {
        long before = usedAfterCollection();
        MemoryDirectory directory = new MemoryDirectory(InstantSource.system(), List.of(), new TokenUses());
        long begun = System.nanoTime();
        load(directory);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        long bytes = usedAfterCollection() - before;

        System.out.printf("%d devices in %d ms, %d MB%n", directory.size(), took.toMillis(), bytes >> 20);
        assertThat(directory.authenticate("token77-2")).isInstanceOf(Admission.Admitted.class);
        assertThat(directory.size()).isGreaterThanOrEqualTo(DEVICES);
        assertThat(bytes).isLessThan(100_000_000L);
        assertThat(took).isLessThan(Duration.ofSeconds(30));
    }

    private void load(MemoryDirectory directory) {
        SqlConnection connection = pool.getConnection().await().atMost(PATIENCE);
        try {
            DirectoryQueries queries = new DirectoryQueries(connection, PATIENCE);
            queries.profiles().forEach(directory::putProfile);
            String after = "";
            List<DirectoryQueries.DeviceState> page;
            do {
                page = queries.page(after, PAGE);
                page.forEach(device -> directory.put(
                        device.id(), device.group(), device.profile(), device.enabled(), device.tokens()));
                after = page.isEmpty() ? after : page.get(page.size() - 1).id();
            } while (page.size() == PAGE);
        } finally {
            connection.closeAndForget();
        }
    }

    /** Twice, because what the first one finds to be finalised goes with the second. */
    private static long usedAfterCollection() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().atMost(PATIENCE);
    }
}
