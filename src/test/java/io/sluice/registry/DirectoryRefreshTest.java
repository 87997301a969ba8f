package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** What other instances write, seen here as SQL that this instance did not send through REST. */
@QuarkusTest
class DirectoryRefreshTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    Directory directory;

    @Inject
    Pool pool;

    private final String id = "far-" + System.nanoTime() + "-" + COUNT.incrementAndGet();
    private final DeviceToken token = DeviceToken.random();

    @Test
    void hearsWithinTwoSecondsWhatAnotherInstanceWrote() {
        insert();
        within(2).until(() -> directory.authenticate(id, token.text()) instanceof Admission.Admitted);

        sql("update devices set enabled = false where id = $1", id);
        within(2).until(() -> directory.authenticate(id, token.text()) instanceof Admission.Disabled);

        sql("delete from device_tokens where device_id = $1", id);
        within(2).until(() -> directory.authenticate(id, token.text()) instanceof Admission.Refused);

        sql("delete from devices where id = $1", id);
        within(2).until(() -> directory.find(id) == null);
    }

    @Test
    void catchesUpAfterItsConnectionWasLost() {
        insert();
        within(2).until(() -> directory.find(id) != null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(killListener()).isPositive());

        assertThat(directory.authenticate(id, token.text())).isInstanceOf(Admission.Admitted.class);
        sql("update devices set group_name = 'moved' where id = $1", id);
        within(10).until(() -> directory.find(id).group() != null);
        assertThat(directory.find(id).group()).isEqualTo("moved");
    }

    @Test
    void aMassChangeIsReadAnew() {
        // More names than may wait: the directory drops them and loads everything.
        sql(
                "insert into devices (id, name, profile, enabled)"
                        + " select $1 || '-' || n, 'mass', 'default', true from generate_series(1, 12000) n",
                id);
        within(20).until(() -> directory.find(id + "-12000") != null && directory.find(id + "-1") != null);
        sql("delete from devices where id like $1 || '-%'", id);
        within(20).until(() -> directory.find(id + "-12000") == null && directory.find(id + "-1") == null);
    }

    private int killListener() {
        return pool.query("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'sluice-directory'")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(5))
                .size();
    }

    private void insert() {
        sql("insert into devices (id, name, profile, enabled) values ($1, 'far', 'default', true)", id);
        pool.preparedQuery("insert into device_tokens (device_id, hash) values ($1, $2)")
                .execute(Tuple.of(id, Buffer.buffer(token.hash().toDigest())))
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private void sql(String statement, String parameter) {
        pool.preparedQuery(statement).execute(Tuple.of(parameter)).await().atMost(Duration.ofSeconds(20));
    }

    private static ConditionFactory within(int seconds) {
        return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(seconds));
    }
}
