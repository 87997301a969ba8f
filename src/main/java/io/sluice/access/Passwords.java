package io.sluice.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords on threads of its own: a hash takes some 100 ms by design, which must neither block an
 * event loop nor, when somebody sends a thousand, take every core. Beyond its queue it refuses
 * ({@link java.util.concurrent.RejectedExecutionException}).
 */
@ApplicationScoped
class Passwords {
    /** bcrypt reads no further. */
    static final int MAX_BYTES = 72;

    private final int cost;
    private final ThreadPoolExecutor threads;
    private volatile @Nullable String nobodysHash;

    Passwords(AccessConfig config) {
        this.cost = config.bcryptCost();
        this.threads = new ThreadPoolExecutor(
                config.passwordThreads(),
                config.passwordThreads(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.passwordQueue()),
                task -> {
                    Thread thread = new Thread(task, "sluice-passwords");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    static boolean fits(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    Uni<String> hash(String password) {
        return Uni.createFrom()
                .item(() -> BcryptUtil.bcryptHash(password, cost))
                .runSubscriptionOn(threads);
    }

    /** @param hash null where there is no such operator; it takes as long, so that the time does not tell */
    Uni<Boolean> verify(String password, @Nullable String hash) {
        return Uni.createFrom()
                .item(() -> {
                    boolean matches = BcryptUtil.matches(password, hash == null ? nobodysHash() : hash);
                    return matches && hash != null;
                })
                .runSubscriptionOn(threads);
    }

    private String nobodysHash() {
        String known = nobodysHash;
        if (known == null) {
            known = BcryptUtil.bcryptHash(Secret.random().text(), cost);
            nobodysHash = known;
        }
        return known;
    }
}
