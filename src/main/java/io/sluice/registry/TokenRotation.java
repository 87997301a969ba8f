package io.sluice.registry;

import io.sluice.platform.Precondition;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Gives a device a new token in place of its old ones. Plain SQL, because it deletes, see {@link Deletions}. */
@ApplicationScoped
class TokenRotation {
    /** Tokens that one device may hold: the live one and old ones in their grace. */
    static final int MAX_TOKENS = 8;

    private static final String CLEAR = """
            delete from device_tokens where device_id = $1 and id not in (
                select id from device_tokens
                where device_id = $1 and coalesce(expires_at > $2, true) and coalesce(revoked_at > $2, true)
                order by id desc limit $3)
            """;
    private static final String END =
            "update device_tokens set revoked_at = $2 where device_id = $1 and coalesce(revoked_at > $2, true)";
    private static final String INSERT =
            "insert into device_tokens (device_id, hash, created_at, expires_at) values ($1, $2, $3, $4)";

    private final Pool pool;

    TokenRotation(Pool pool) {
        this.pool = pool;
    }

    /**
     * The old ones end after {@code grace}; those that have ended are cleared away, and so are the oldest beyond
     * {@link #MAX_TOKENS}.
     *
     * @param validity how long the new one lives; null for ever
     */
    Uni<DeviceToken> rotate(String device, Duration grace, @Nullable Duration validity) {
        DeviceToken token = DeviceToken.random();
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        Tuple row = Tuple.of(
                device, Buffer.buffer(token.hash().toDigest()), now, validity == null ? null : now.plus(validity));
        return pool.withTransaction(connection -> LockedRow.device(connection, device, new Precondition(null))
                        .chain(() -> run(connection, CLEAR, Tuple.of(device, now, MAX_TOKENS - 1)))
                        .chain(() -> run(connection, END, Tuple.of(device, now.plus(grace))))
                        .chain(() -> run(connection, INSERT, row)))
                .replaceWith(token);
    }

    private static Uni<Void> run(SqlConnection connection, String statement, Tuple parameters) {
        return connection.preparedQuery(statement).execute(parameters).replaceWithVoid();
    }
}
