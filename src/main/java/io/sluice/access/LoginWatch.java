package io.sluice.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.platform.LogPace;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends what outlives a request. A connection that an operator opened is watched until it closes; its holder is told
 * once when the operator's session has ended or the role is another than the one it was opened with. All connections of
 * an instance are asked about together, in two queries every {@code sluice.access.cache-for}, and at once after a
 * change that was made here; never more than one such round at a time.
 *
 * <p>Without the database it goes by what it last knew, so open sessions end at their times. A watched connection is no
 * use of its session: a screen that nobody touches is what the idle timeout is for.
 *
 * <p>As many are watched as there are live connections, whose number the holder bounds.
 */
@ApplicationScoped
public class LoginWatch {
    private final Vertx vertx;
    private final SessionStore sessions;
    private final OperatorStore operators;
    private final AccessConfig config;
    private final InstantSource clock = InstantSource.system();
    private final LogPace outages = new LogPace(Duration.ofSeconds(10));
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    /** Rounds asked for and not yet answered; beyond the first they become one. */
    private final AtomicInteger wanted = new AtomicInteger();

    private long timer;

    LoginWatch(Vertx vertx, SessionStore sessions, OperatorStore operators, AccessConfig config) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.operators = operators;
        this.config = config;
    }

    /** Why a connection has to go. */
    public enum End {
        /** Logged out, timed out, or the operator's password or the operator is gone (4401). */
        SESSION,
        /** The operator has another role now (4403). */
        ROLE
    }

    public final class Watched {
        private final Login login;
        private final Consumer<End> ended;
        private volatile SessionStore.@Nullable Session known;

        private Watched(Login login, Consumer<End> ended) {
            this.login = login;
            this.ended = ended;
            this.known = login.session();
        }

        public void stop() {
            watched.remove(this);
        }

        private void end(End end) {
            if (watched.remove(this)) {
                ended.accept(end);
            }
        }
    }

    /**
     * @param identity as a request got it
     * @param ended called at most once, on any thread; must not block
     */
    public Watched watch(SecurityIdentity identity, Consumer<End> ended) {
        Login login = identity.getAttribute(Login.ATTRIBUTE);
        if (login == null) {
            throw new IllegalArgumentException("not an operator's identity");
        }
        Watched one = new Watched(login, ended);
        watched.add(one);
        return one;
    }

    void start(@Observes StartupEvent event) {
        // Zero, which turns the caches off, is no period.
        timer = vertx.setPeriodic(Math.max(1, config.cacheFor().toMillis()), id -> check());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Asks for all that is watched now; where a round is under way, once more behind it. */
    void check() {
        if (!watched.isEmpty() && wanted.getAndIncrement() == 0) {
            round();
        }
    }

    private void round() {
        int answering = wanted.get();
        List<Watched> asked = List.copyOf(watched);
        Set<Secret> secrets = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Watched one : asked) {
            if (one.login.secret() == null) {
                names.add(one.login.operator().name());
            } else {
                secrets.add(one.login.secret());
            }
        }
        Uni.combine()
                .all()
                .unis(sessions.findAll(secrets), operators.findAll(names))
                .asTuple()
                .ifNoItem()
                .after(config.queryTimeout())
                .fail()
                .subscribe()
                .with(
                        found -> conclude(answering, asked, one -> judge(one, found.getItem1(), found.getItem2())),
                        failure -> {
                            if (outages.permits()) {
                                AccessLog.LOG.databaseAway(failure.toString());
                            }
                            conclude(answering, asked, this::judgeByTime);
                        });
    }

    /** Whatever a holder does when it is told: a round that never ended would be the last one. */
    private void conclude(int answered, List<Watched> asked, Consumer<Watched> judgement) {
        try {
            asked.forEach(judgement);
        } finally {
            over(answered);
        }
    }

    private void over(int answered) {
        if (wanted.addAndGet(-answered) > 0) {
            round();
        }
    }

    private void judge(Watched one, Map<Buffer, SessionStore.Session> open, Map<String, Operator> known) {
        Login login = one.login;
        Operator now;
        if (login.secret() == null) {
            now = known.get(login.operator().name());
            if (now != null && !now.passwordHash().equals(login.operator().passwordHash())) {
                now = null;
            }
        } else {
            SessionStore.Session session = open.get(Buffer.buffer(login.secret().hash()));
            if (session != null) {
                one.known = session;
            }
            now = session == null || !session.isOpen(clock.millis(), config) ? null : session.operator();
        }
        if (now == null) {
            one.end(End.SESSION);
        } else if (now.role() != login.operator().role()) {
            one.end(End.ROLE);
        }
    }

    private void judgeByTime(Watched one) {
        SessionStore.Session session = one.known;
        if (session != null && !session.isOpen(clock.millis(), config)) {
            one.end(End.SESSION);
        }
    }
}
