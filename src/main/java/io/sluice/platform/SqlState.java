package io.sluice.platform;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;

/** What PostgreSQL says by its error codes, wherever in a chain of causes it stands. */
public enum SqlState {
    UNIQUE_VIOLATION("23505"),
    FOREIGN_KEY_VIOLATION("23503"),
    /** A text with U+0000, which JSON and URLs can carry and PostgreSQL cannot. */
    CHARACTER_NOT_IN_REPERTOIRE("22021");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    public boolean isBehind(Throwable e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof PgException postgres && code.equals(postgres.getSqlState())) {
                return true;
            }
            // Hibernate Reactive wraps the driver's exception in JDBC's.
            if (cause instanceof SQLException jdbc && code.equals(jdbc.getSQLState())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
