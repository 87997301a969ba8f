package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import io.sluice.platform.Precondition;
import io.sluice.platform.ProblemException;
import io.sluice.platform.SqlState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Profiles in the database. Its refusals are {@link ProblemException}s. */
@ApplicationScoped
class ProfileStore {
    private final Mutiny.SessionFactory sessions;
    private final Deletions deletions;

    ProfileStore(Mutiny.SessionFactory sessions, Deletions deletions) {
        this.sessions = sessions;
        this.deletions = deletions;
    }

    /** @param created whether it was not there before */
    record Stored(ProfileRow profile, boolean created) {}

    /** A group and how many devices it has. */
    record GroupCount(String name, long devices) implements JsonAnswer {
        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.text("name", name).whole("devices", devices);
        }
    }

    Uni<List<ProfileRow>> list(String after, int limit) {
        return sessions.withSession(session -> session.createSelectionQuery(
                        "from Profile p where p.name > :after order by p.name", ProfileRow.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .setReadOnly(true)
                .getResultList());
    }

    Uni<ProfileRow> get(String name) {
        return sessions.withSession(session -> session.find(ProfileRow.class, name))
                .onItem()
                .ifNull()
                .failWith(ProfileStore::unknown);
    }

    Uni<Stored> put(String name, ProfileBody body, Precondition precondition) {
        return sessions.withTransaction(session -> session.find(ProfileRow.class, name, LockModeType.PESSIMISTIC_WRITE)
                        .chain(found -> found == null
                                ? create(session, name, body, precondition)
                                : Uni.createFrom().item(() -> {
                                    precondition.require(found.version);
                                    body.copyTo(found);
                                    return new Stored(found, false);
                                })))
                .onFailure(SqlState.UNIQUE_VIOLATION::isBehind)
                .transform(e -> new ProblemException(409, "Somebody else is creating this profile; try again."));
    }

    private static Uni<Stored> create(
            Mutiny.Session session, String name, ProfileBody body, Precondition precondition) {
        if (precondition.ifMatch() != null) {
            return Uni.createFrom().failure(new ProblemException(412, "There is no such profile any more."));
        }
        ProfileRow row = new ProfileRow();
        row.name = name;
        body.copyTo(row);
        return session.persist(row).replaceWith(new Stored(row, true));
    }

    Uni<Void> delete(String name, Precondition precondition) {
        if (name.equals(ProfileBody.DEFAULT_NAME)) {
            return Uni.createFrom().failure(new ProblemException(409, "The profile default cannot be deleted."));
        }
        // The foreign key decides whether it is in use: a question before would race with a device that takes it.
        return deletions
                .profile(name, precondition)
                .onFailure(SqlState.FOREIGN_KEY_VIOLATION::isBehind)
                .transform(e -> new ProblemException(409, "Devices have the profile " + name + "."));
    }

    Uni<List<GroupCount>> groups(String after, int limit) {
        return sessions.withSession(session -> session.createSelectionQuery(
                        "select d.groupName, count(*) from Device d where d.groupName > :after"
                                + " group by d.groupName order by d.groupName",
                        Object[].class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new GroupCount((String) row[0], (Long) row[1]))
                        .toList()));
    }

    private static ProblemException unknown() {
        return new ProblemException(404, "There is no such profile.");
    }
}
