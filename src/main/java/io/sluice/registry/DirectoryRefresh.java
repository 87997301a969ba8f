package io.sluice.registry;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the directory as the database has it: one thread of its own with one connection, which listens for notifications
 * and asks for what changed. States:
 *
 * <pre>
 * away ──connected──▶ loading (LISTEN first, so that nothing falls between) ──▶ fresh ──batch──▶ fresh
 *  ▲                       │                                                      │
 *  └────── any failure: the old state goes on to answer; back-off, then all is loaded anew ──┘
 * </pre>
 *
 * PostgreSQL's LISTEN/NOTIFY rather than a Kafka topic: the notification is part of the transaction that makes the change,
 * so there is no second system to keep in step, and what a lost connection missed a full load finds.
 */
@ApplicationScoped
class DirectoryRefresh {
    private static final long TICK_MS = 500;
    private static final String DEVICE = "device:";

    private final Pool pool;
    private final MemoryDirectory directory;
    private final RegistryConfig.DirectoryConfig config;
    private final PendingChanges pending;
    private final Thread thread = new Thread(this::run, "sluice-directory");
    private volatile boolean stopped;
    private volatile boolean connectionLost;

    DirectoryRefresh(Pool pool, MemoryDirectory directory, RegistryConfig config) {
        this.pool = pool;
        this.directory = directory;
        this.config = config.directory();
        this.pending = new PendingChanges(config.directory().maxPending());
        thread.setDaemon(true);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop();
    }

    /** Also where the start of another room failed, after which nothing is told of a shutdown. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true;
        pending.wake();
        thread.join(2_000);
        thread.interrupt();
    }

    /**
     * Completes when this instance's directory has read the device as it is now. Other instances hear of the change from
     * the database. Never fails: the change is stored, and the notification comes too.
     */
    Uni<Void> settleDevice(String id) {
        pending.device(id);
        return settle();
    }

    Uni<Void> settleDevices(Collection<String> ids) {
        ids.forEach(pending::device);
        return settle();
    }

    Uni<Void> settleProfiles() {
        pending.profiles();
        return settle();
    }

    private Uni<Void> settle() {
        CompletableFuture<Void> settled = pending.settled();
        return Uni.createFrom()
                .completionStage(settled)
                .ifNoItem()
                .after(config.settleTimeout())
                .fail()
                .onFailure()
                .invoke(e -> RegistryLog.LOG.notSettled(e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private void run() {
        long pause = config.retryMin().toMillis();
        while (!stopped) {
            long started = System.nanoTime();
            try {
                follow();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (stopped) {
                    return;
                }
                boolean wasFine =
                        System.nanoTime() - started > config.retryMax().toNanos();
                pause = wasFine ? config.retryMin().toMillis() : pause;
                RegistryLog.LOG.directoryLostDatabase(pause, String.valueOf(e));
                try {
                    waitOut(pause);
                } catch (InterruptedException stop) {
                    return;
                }
                pause = Math.min(pause * 2, config.retryMax().toMillis());
            }
        }
    }

    /** Tokens end on time and callers are let go while the database is away, too. */
    private void waitOut(long pause) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(pause).toNanos();
        for (long left = pause; left > 0 && !stopped; left = (end - System.nanoTime()) / 1_000_000) {
            pending.giveUp(pending.take(Math.min(left, TICK_MS)));
            directory.endTokens();
        }
    }

    private void follow() throws InterruptedException {
        SqlConnection connection = pool.getConnection().await().atMost(config.queryTimeout());
        connectionLost = false;
        try {
            PgConnection postgres = PgConnection.cast(connection.getDelegate());
            postgres.notificationHandler(notification -> changed(notification.getPayload()));
            postgres.closeHandler(closed -> {
                connectionLost = true;
                pending.wake();
            });
            DirectoryQueries queries = new DirectoryQueries(connection, config.queryTimeout());
            queries.listen();
            loadAll(queries);
            long probed = System.nanoTime();
            while (!stopped) {
                PendingChanges.Batch batch = pending.take(TICK_MS);
                if (connectionLost) {
                    pending.giveUp(batch);
                    throw new IllegalStateException("the connection was closed");
                }
                boolean probe =
                        System.nanoTime() - probed > config.probeInterval().toNanos();
                if (probe && batch.isEmpty()) {
                    queries.probe();
                }
                probed = probe || !batch.isEmpty() ? System.nanoTime() : probed;
                refresh(queries, batch);
                directory.endTokens();
            }
        } finally {
            // The pool may give it to others, who must not go on listening for us.
            PgConnection.cast(connection.getDelegate())
                    .closeHandler(null)
                    .notificationHandler(null)
                    .query("unlisten *; reset application_name")
                    .execute()
                    .onComplete(done -> connection.closeAndForget());
        }
    }

    private void refresh(DirectoryQueries queries, PendingChanges.Batch batch) {
        try {
            if (batch.everything()) {
                loadAll(queries);
            } else {
                if (batch.profiles()) {
                    loadProfiles(queries);
                }
                if (!batch.devices().isEmpty()) {
                    loadDevices(queries, batch.devices());
                }
            }
            batch.settle();
        } catch (RuntimeException e) {
            pending.giveUp(batch);
            throw e;
        }
    }

    private void loadAll(DirectoryQueries queries) {
        long started = System.nanoTime();
        int profiles = loadProfiles(queries);
        Set<String> found = new HashSet<>();
        String after = "";
        List<DirectoryQueries.DeviceState> page;
        do {
            page = queries.page(after, config.pageSize());
            take(queries, page);
            page.forEach(device -> found.add(device.id()));
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (page.size() == config.pageSize() && !stopped);
        if (!stopped) {
            directory.retain(found);
            directory.markLoaded();
            RegistryLog.LOG.directoryLoaded(found.size(), profiles, (System.nanoTime() - started) / 1_000_000);
        }
    }

    private int loadProfiles(DirectoryQueries queries) {
        Set<String> gone = new HashSet<>(directory.profileNames());
        var profiles = queries.profiles();
        profiles.forEach(profile -> {
            directory.putProfile(profile);
            gone.remove(profile.name());
        });
        gone.forEach(directory::removeProfile);
        return profiles.size();
    }

    private void loadDevices(DirectoryQueries queries, Set<String> ids) {
        Set<String> gone = new HashSet<>(ids);
        List<DirectoryQueries.DeviceState> states = queries.devices(ids);
        take(queries, states);
        states.forEach(device -> gone.remove(device.id()));
        gone.forEach(directory::remove);
    }

    private void take(DirectoryQueries queries, List<DirectoryQueries.DeviceState> states) {
        Set<String> known = directory.profileNames();
        if (states.stream().anyMatch(device -> !known.contains(device.profile()))) {
            loadProfiles(queries);
        }
        for (DirectoryQueries.DeviceState device : states) {
            directory.put(device.id(), device.group(), device.profile(), device.enabled(), device.tokens());
        }
    }

    private void changed(String payload) {
        if (payload.startsWith(DEVICE)) {
            pending.device(payload.substring(DEVICE.length()));
        } else {
            pending.profiles();
        }
    }
}
