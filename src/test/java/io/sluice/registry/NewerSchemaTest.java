package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollback: this version comes to a database whose schema a later one has already changed. */
@QuarkusTest
class NewerSchemaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    Flyway flyway;

    @BeforeEach
    void aLaterVersionWasHere() {
        sql("insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " values (9999, '9999', 'of a later version', 'SQL', 'V9999__later.sql', 1, 'test', 1, true)");
    }

    @AfterEach
    void itWasNot() {
        sql("delete from flyway_schema_history where version = '9999'");
    }

    @Test
    void isTakenAsItIs() {
        MigrateResult result = flyway.migrate();
        assertThat(result.success).isTrue();
        assertThat(result.migrationsExecuted).isZero();
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().atMost(PATIENCE);
    }
}
