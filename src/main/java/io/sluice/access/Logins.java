package io.sluice.access;

import io.sluice.platform.LogPace;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Judges credentials of operators: passwords, sessions, tickets. Never blocks. */
@ApplicationScoped
class Logins {
    private static final long TOUCH_AFTER_MS = 60_000;

    private final OperatorStore operators;
    private final SessionStore sessions;
    private final Passwords passwords;
    private final LoginWatch watch;
    private final AccessConfig config;
    private final InstantSource clock = InstantSource.system();
    private final FreshCache<String, Operator> operatorCache;
    private final FreshCache<Secret, SessionStore.Session> sessionCache;
    private final VerifiedPasswords verified;
    private final LoginThrottle throttle;
    private final LogPace throttled = new LogPace(Duration.ofSeconds(10));
    private final LogPace outages = new LogPace(Duration.ofSeconds(10));
    /** Verifications under way, so that a burst of equal credentials costs one. Bounded by the queue of passwords. */
    private final Map<String, Uni<Boolean>> underWay = new ConcurrentHashMap<>();

    Logins(OperatorStore operators, SessionStore sessions, Passwords passwords, LoginWatch watch, AccessConfig config) {
        this.watch = watch;
        this.operators = operators;
        this.sessions = sessions;
        this.passwords = passwords;
        this.config = config;
        this.operatorCache = new FreshCache<>(config.cacheFor(), config.cacheSize(), clock);
        this.sessionCache = new FreshCache<>(config.cacheFor(), config.cacheSize(), clock);
        this.verified = new VerifiedPasswords(config.basicFor(), config.cacheSize(), clock);
        this.throttle = new LoginThrottle(config.throttle(), clock);
    }

    /** What came of a log-in by name and password. */
    sealed interface Outcome {
        record In(Operator operator) implements Outcome {}

        record Wrong() implements Outcome {}

        record TooManyAttempts(long retryAfterSeconds) implements Outcome {}

        /** More log-ins at once than there are threads and places to judge them. */
        record Busy() implements Outcome {}
    }

    Uni<Outcome> byPassword(String name, String password, String address) {
        if (!OperatorNames.isValid(name) || !Passwords.fits(password)) {
            return judge(name, password, address, null);
        }
        String fingerprint = verified.fingerprint(name, password);
        return operator(name).chain(found -> {
            Operator operator = found.orElse(null);
            return operator != null && verified.knows(fingerprint, operator.passwordHash())
                    ? Uni.createFrom().item(new Outcome.In(operator))
                    : judge(name, password, address, operator);
        });
    }

    private Uni<Outcome> judge(String name, String password, String address, @Nullable Operator operator) {
        String fingerprint = verified.fingerprint(name, password);
        String network = PeerAddress.network(address);
        // Who joins a verification under way is judged with it, and counts with it.
        Uni<Boolean> joined = underWay.get(fingerprint);
        if (joined == null) {
            long wait = throttle.begin(network, name);
            if (wait > 0) {
                if (throttled.permits()) {
                    AccessLog.LOG.throttled(address, wait);
                }
                return Uni.createFrom().item(new Outcome.TooManyAttempts(wait));
            }
            String hash = operator == null ? null : operator.passwordHash();
            joined = underWay.computeIfAbsent(
                    fingerprint,
                    key -> passwords
                            .verify(Passwords.fits(password) ? password : "", hash)
                            .invoke(good -> {
                                if (good && hash != null) {
                                    throttle.succeeded(network, name);
                                    verified.add(fingerprint, hash);
                                }
                            })
                            .onTermination()
                            .invoke(() -> underWay.remove(fingerprint))
                            .memoize()
                            .indefinitely());
        }
        return joined.<Outcome>map(good -> good && operator != null ? new Outcome.In(operator) : new Outcome.Wrong())
                .onFailure(RejectedExecutionException.class)
                .recoverWithItem(new Outcome.Busy());
    }

    /** @param isUse whether it keeps the session from its idle end */
    Uni<Optional<SessionStore.Session>> bySession(Secret secret, boolean isUse) {
        if (!secret.isPlausible()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return sessionCache
                .get(
                        secret,
                        () -> sessions.find(secret)
                                .ifNoItem()
                                .after(config.queryTimeout())
                                .fail())
                .map(found -> found.filter(session -> session.isOpen(clock.millis(), config)))
                .invoke(found -> {
                    if (isUse) {
                        found.ifPresent(session -> touch(secret, session));
                    }
                });
    }

    Uni<Optional<Operator>> byTicket(Secret secret) {
        return secret.isPlausible()
                ? sessions.spendTicket(secret)
                        .ifNoItem()
                        .after(config.queryTimeout())
                        .fail()
                : Uni.createFrom().item(Optional.empty());
    }

    /** Opens a session; the one that the browser had before ends, so that none can be planted on it. */
    Uni<Secret> open(Operator operator, @Nullable Secret before) {
        Secret secret = Secret.random();
        Uni<Void> ended = before == null ? Uni.createFrom().voidItem() : close(before);
        return ended.chain(() -> sessions.create(secret, operator.name())).replaceWith(secret);
    }

    Uni<Void> close(Secret secret) {
        sessionCache.remove(secret);
        return secret.isPlausible()
                ? sessions.delete(secret).invoke(() -> {
                    sessionCache.remove(secret);
                    watch.check();
                })
                : Uni.createFrom().voidItem();
    }

    /** After a change to an operator: this instance sees it at once, the others within the cache's time. */
    void forget(String operator) {
        operatorCache.remove(operator);
        sessionCache.clear();
        watch.check();
    }

    private Uni<Optional<Operator>> operator(String name) {
        return operatorCache.get(
                name,
                () -> operators
                        .find(name)
                        .ifNoItem()
                        .after(config.queryTimeout())
                        .fail());
    }

    /** Notes the use once a minute rather than at every request; without the database in memory only. */
    private void touch(Secret secret, SessionStore.Session session) {
        long now = clock.millis();
        long due = Math.min(TOUCH_AFTER_MS, config.sessionIdle().toMillis() / 4);
        if (now - session.usedAt() >= due) {
            sessionCache.put(secret, session.usedAt(now));
            sessions.touch(secret).subscribe().with(done -> {}, this::noteOutage);
        }
    }

    void noteOutage(Throwable e) {
        if (outages.permits()) {
            AccessLog.LOG.databaseAway(e.toString());
        }
    }
}
