package io.sluice.registry;

import io.sluice.platform.Precondition;
import io.sluice.platform.Problem;
import io.sluice.platform.Problem.FieldError;
import io.sluice.platform.ProblemException;
import io.sluice.platform.SqlState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Devices and their tokens in the database, but for what {@link Deletions} and {@link TokenRotation} do. Its refusals are
 * {@link ProblemException}s.
 */
@ApplicationScoped
class DeviceStore {
    private final Mutiny.SessionFactory sessions;

    DeviceStore(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** A device and the token that was made for it. */
    record Created(DeviceRow device, DeviceToken token) {}

    /** The devices behind {@code after}, by id; {@code search} is looked for in ids and names. */
    Uni<List<DeviceRow>> list(@Nullable String group, @Nullable String search, String after, int limit) {
        String query = "from Device d where d.id > :after"
                + (group == null ? "" : " and d.groupName = :group")
                + (search == null
                        ? ""
                        : " and (lower(d.id) like :search escape '!' or lower(d.name) like :search escape '!')")
                + " order by d.id";
        return sessions.withSession(session -> {
            var select = session.createSelectionQuery(query, DeviceRow.class)
                    .setParameter("after", after)
                    .setMaxResults(limit)
                    .setReadOnly(true);
            if (group != null) {
                select.setParameter("group", group);
            }
            if (search != null) {
                select.setParameter("search", "%" + escapeLike(search.toLowerCase(Locale.ROOT)) + "%");
            }
            return select.getResultList();
        });
    }

    Uni<DeviceRow> get(String id) {
        return sessions.withSession(session -> session.find(DeviceRow.class, id))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    /** The live tokens of a device, the oldest first. */
    Uni<List<TokenView>> tokens(String id) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        return sessions.withSession(session -> session.createSelectionQuery(
                                "select t, u.usedAt from DeviceToken t left join TokenUse u on u.token = t.id"
                                        + " where t.deviceId = :id order by t.id",
                                Object[].class)
                        .setParameter("id", id)
                        .setReadOnly(true)
                        .getResultList())
                .map(rows -> rows.stream()
                        .filter(row -> ((TokenRow) row[0]).isLive(now))
                        .map(row -> TokenView.of((TokenRow) row[0], (OffsetDateTime) row[1]))
                        .toList());
    }

    Uni<Created> create(DeviceBody body) {
        DeviceRow row = new DeviceRow();
        row.id = String.valueOf(body.id());
        body.copyTo(row);
        DeviceToken token = DeviceToken.random();
        return sessions.withTransaction(session -> requireProfile(session, row.profile)
                        .chain(() -> session.find(DeviceRow.class, row.id))
                        .invoke(existing -> {
                            if (existing != null) {
                                throw exists(row.id);
                            }
                        })
                        .chain(() -> session.persist(row))
                        .chain(session::flush)
                        .chain(() -> session.persist(TokenRow.of(row.id, token))))
                .onFailure(SqlState.UNIQUE_VIOLATION::isBehind)
                .transform(e -> exists(row.id))
                .replaceWith(new Created(row, token));
    }

    Uni<DeviceRow> replace(String id, DeviceBody body, Precondition precondition) {
        return sessions.withTransaction(session -> locked(session, id, precondition)
                .call(row -> requireProfile(session, body.profileOrDefault()))
                .invoke(body::copyTo)
                .call(session::flush));
    }

    private static Uni<DeviceRow> locked(Mutiny.Session session, String id, Precondition precondition) {
        return session.find(DeviceRow.class, id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id))
                .invoke(row -> precondition.require(row.version));
    }

    private static Uni<Void> requireProfile(Mutiny.Session session, String name) {
        return session.find(ProfileRow.class, name)
                .onItem()
                .ifNull()
                .failWith(() -> unknownProfile(name))
                .replaceWithVoid();
    }

    static ProblemException unknownProfile(String name) {
        return new ProblemException(
                Problem.ofFields(List.of(new FieldError("profile", "there is no profile " + name))));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(404, "There is no such device.");
    }

    private static ProblemException exists(String id) {
        return new ProblemException(409, "The device " + id + " exists already.");
    }

    private static String escapeLike(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
