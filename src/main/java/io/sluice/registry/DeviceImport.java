package io.sluice.registry;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Creates many devices in two statements a batch, all of it or nothing. Plain SQL: entities would cost a round trip per
 * token, and a hundred thousand of those are minutes.
 */
@ApplicationScoped
class DeviceImport {
    private static final String DEVICES = """
            insert into devices (id, name, group_name, profile, enabled)
            select * from unnest($1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::boolean[])
            on conflict (id) do nothing
            returning id
            """;
    private static final String TOKENS =
            "insert into device_tokens (device_id, hash) select * from unnest($1::varchar[], $2::bytea[])";

    private final Pool pool;

    DeviceImport(Pool pool) {
        this.pool = pool;
    }

    /** Which of the profiles exist. */
    Uni<Set<String>> profiles(Set<String> names) {
        return pool.preparedQuery("select name from profiles where name = any($1)")
                .execute(Tuple.of((Object) names.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> found = new HashSet<>();
                    rows.forEach(row -> found.add(row.getString(0)));
                    return found;
                });
    }

    /**
     * Creates those that do not exist yet.
     *
     * @param devices checked, each id once, with profiles that exist
     * @return tokens by id, of those alone that were created
     */
    Uni<Map<String, DeviceToken>> create(List<DeviceRow> devices) {
        return pool.withTransaction(connection -> insertDevices(connection, devices)
                .chain(tokens -> tokens.isEmpty()
                        ? Uni.createFrom().item(tokens)
                        : insertTokens(connection, tokens).replaceWith(tokens)));
    }

    private static Uni<Map<String, DeviceToken>> insertDevices(SqlConnection connection, List<DeviceRow> devices) {
        Tuple columns = Tuple.tuple()
                .addValue(devices.stream().map(row -> row.id).toArray(String[]::new))
                .addValue(devices.stream().map(row -> row.name).toArray(String[]::new))
                .addValue(devices.stream().map(row -> row.groupName).toArray(String[]::new))
                .addValue(devices.stream().map(row -> row.profile).toArray(String[]::new))
                .addValue(devices.stream().map(row -> row.enabled).toArray(Boolean[]::new));
        return connection.preparedQuery(DEVICES).execute(columns).map(rows -> {
            Map<String, DeviceToken> tokens = new HashMap<>();
            for (Row row : rows) {
                tokens.put(row.getString(0), DeviceToken.random());
            }
            return tokens;
        });
    }

    private static Uni<Void> insertTokens(SqlConnection connection, Map<String, DeviceToken> tokens) {
        String[] ids = new String[tokens.size()];
        Buffer[] hashes = new Buffer[tokens.size()];
        int i = 0;
        for (Map.Entry<String, DeviceToken> token : tokens.entrySet()) {
            ids[i] = token.getKey();
            hashes[i++] = Buffer.buffer(token.getValue().hash().toDigest());
        }
        return connection
                .preparedQuery(TOKENS)
                .execute(Tuple.tuple().addValue(ids).addValue(hashes))
                .replaceWithVoid();
    }
}
