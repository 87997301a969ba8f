package io.sluice.registry;

import io.sluice.telemetry.Profile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory's questions to the database, asked from its own thread, which may wait. Plain SQL rather than entities:
 * 100,000 devices with their tokens are rows on their way into a compact form, not objects to be managed.
 */
final class DirectoryQueries {
    private static final String COLUMNS = """
            select d.id, d.group_name, d.profile, d.enabled, t.id as token, t.hash, t.expires_at, t.revoked_at
              from %s d
              left join device_tokens t
                on t.device_id = d.id
               and (t.expires_at is null or t.expires_at > now())
               and (t.revoked_at is null or t.revoked_at > now())
             order by d.id
            """;
    private static final String PAGE = COLUMNS.formatted("(select * from devices where id > $1 order by id limit $2)");
    private static final String CHOSEN = COLUMNS.formatted("(select * from devices where id = any($1))");

    record DeviceState(String id, @Nullable String group, String profile, boolean enabled, List<TokenEntry> tokens) {}

    private final SqlConnection connection;
    private final Duration timeout;

    DirectoryQueries(SqlConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /** From now on notifications come; the name is for whoever looks at the database's connections. */
    void listen() {
        await(connection.query("set application_name = 'sluice-directory'").execute());
        await(connection.query("listen sluice_registry").execute());
    }

    void probe() {
        await(connection.query("select 1").execute());
    }

    List<Profile> profiles() {
        List<Profile> profiles = new ArrayList<>();
        for (Row row : await(connection
                .query("select name, strict, readings_per_second, burst, metrics from profiles")
                .execute())) {
            String name = row.getString(0);
            try {
                profiles.add(new Profile(
                        name,
                        row.getBoolean(1),
                        row.getInteger(2),
                        row.getInteger(3),
                        MetricRules.byName(MetricRules.parse(row.getString(4)))));
            } catch (IllegalArgumentException e) {
                RegistryLog.LOG.unreadableProfile(name, String.valueOf(e.getMessage()));
            }
        }
        return profiles;
    }

    /** The devices behind {@code after}, in the order of their ids; fewer than {@code limit} at the end. */
    List<DeviceState> page(String after, int limit) {
        return fold(await(connection.preparedQuery(PAGE).execute(Tuple.of(after, limit))));
    }

    List<DeviceState> devices(Collection<String> ids) {
        return fold(await(connection.preparedQuery(CHOSEN).execute(Tuple.of((Object) ids.toArray(String[]::new)))));
    }

    /** Rows repeat a device once per token, next to each other. */
    private static List<DeviceState> fold(RowSet<Row> rows) {
        List<DeviceState> devices = new ArrayList<>();
        DeviceState device = null;
        for (Row row : rows) {
            String id = row.getString(0);
            if (device == null || !device.id().equals(id)) {
                device = new DeviceState(id, row.getString(1), row.getString(2), row.getBoolean(3), new ArrayList<>(1));
                devices.add(device);
            }
            Long token = row.getLong(4);
            if (token != null) {
                TokenHash hash = TokenHash.ofDigest(row.getBuffer(5).getBytes());
                device.tokens().add(TokenEntry.of(token, hash, row.getOffsetDateTime(6), row.getOffsetDateTime(7)));
            }
        }
        return devices;
    }

    private <T> T await(Uni<T> query) {
        return query.await().atMost(timeout);
    }
}
