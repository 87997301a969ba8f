package io.sluice.sim.command;

import io.sluice.sim.fleet.Fleet;
import io.sluice.sim.fleet.Fleet.End;
import io.sluice.sim.fleet.Fleet.Member;
import io.sluice.sim.json.JsonText;
import io.sluice.sim.report.Ledger;
import io.sluice.sim.report.Report;
import io.sluice.sim.report.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a fleet from its start to its report. Ends by itself, on SIGINT and SIGTERM, or when asked; always with a drain. */
final class Session {
    private static final long LEDGER_FLUSH_MS = 250;
    private static final long POLL_MS = 200;
    private static final long CLOSING_MS = 10_000;

    private final String command;
    private final ServerOptions server;
    private final ReportOptions options;
    private final List<Member> members;
    private final boolean serverTime;
    private final Tally tally = new Tally();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private long startedAt;

    Session(String command, ServerOptions server, ReportOptions options, List<Member> members, boolean serverTime) {
        this.command = command;
        this.server = server;
        this.options = options;
        this.members = members;
        this.serverTime = serverTime;
    }

    /** Asks for the end; any thread. */
    void stop() {
        stop.countDown();
    }

    /**
     * @param duration after which to stop; null for none
     * @param untilSettled whether to stop once every device has nothing left to do
     * @return the exit code: 0, or 1 where something stayed unacknowledged, was refused or given up
     */
    int run(@Nullable Duration duration, boolean untilSettled) throws IOException, InterruptedException {
        Thread hook = new Thread(this::stopAndWait, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        try (Ledger ledger = options.ledger == null ? null : new Ledger(options.ledger);
                Fleet fleet = new Fleet(server.settings(serverTime), members, tally, ledger)) {
            startedAt = System.nanoTime();
            fleet.start();
            schedule(clock, ledger);
            await(fleet, duration, untilSettled);
            fleet.stopProducing();
            fleet.awaitSettled(options.drainTimeout.toMillis());
            return conclude(fleet);
        } finally {
            clock.shutdownNow();
            finished.countDown();
        }
    }

    private void await(Fleet fleet, @Nullable Duration duration, boolean untilSettled) throws InterruptedException {
        long until = duration == null ? Long.MAX_VALUE : duration.toMillis();
        while (elapsedMs() < until && !stop.await(Math.min(POLL_MS, until - elapsedMs()), TimeUnit.MILLISECONDS)) {
            if (fleet.failure() != null || (untilSettled && fleet.awaitSettled(0))) {
                return;
            }
        }
    }

    private int conclude(Fleet fleet) throws IOException, InterruptedException {
        Map<String, Long> unfinished = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        for (End end : fleet.ends()) {
            if (end.unfinished() > 0) {
                unfinished.put(end.device(), end.unfinished());
            }
            if (end.refused()) {
                refused.add(end.device());
            }
        }
        Report report = report(unfinished, refused, fleet.skipped());
        if (!options.quiet) {
            System.out.print(report.text());
            System.out.flush();
        }
        if (options.report != null) {
            Files.writeString(options.report, JsonText.pretty(report.json()) + System.lineSeparator());
        }
        Throwable failure = fleet.failure();
        if (failure != null) {
            System.err.println("The simulator itself failed: " + failure);
        }
        return report.isClean() && failure == null ? 0 : 1;
    }

    private void schedule(ScheduledExecutorService clock, @Nullable Ledger ledger) {
        if (!options.quiet) {
            long every = Math.max(1, options.progress.toMillis());
            clock.scheduleAtFixedRate(
                    () -> System.out.println(report(Map.of(), List.of(), 0).progress()),
                    every,
                    every,
                    TimeUnit.MILLISECONDS);
        }
        if (ledger != null) {
            clock.scheduleWithFixedDelay(
                    () -> {
                        try {
                            ledger.flush();
                        } catch (IOException e) {
                            System.err.println("The ledger cannot be written: " + e.getMessage());
                            stop();
                        }
                    },
                    LEDGER_FLUSH_MS,
                    LEDGER_FLUSH_MS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private Report report(Map<String, Long> unfinished, List<String> refused, long skipped) {
        return new Report(command, server.seed, members.size(), elapsedMs(), tally, unfinished, refused, skipped);
    }

    private void stopAndWait() {
        stop();
        try {
            finished.await(options.drainTimeout.toMillis() + CLOSING_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long elapsedMs() {
        return (System.nanoTime() - startedAt) / 1_000_000;
    }
}
