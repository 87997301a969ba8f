package io.sluice.sim.fleet;

import io.sluice.sim.firmware.Firmware.Identity;
import io.sluice.sim.firmware.FirmwareLimits;
import io.sluice.sim.report.Ledger;
import io.sluice.sim.report.Tally;
import io.sluice.sim.wire.LoopTimekeeper;
import io.sluice.sim.wire.Trust;
import io.sluice.sim.wire.VertxTransport;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All devices of one process, spread over a few event loops; each device stays on its own. */
public final class Fleet implements AutoCloseable {
    private static final int EPOCH_BYTES = 8;
    private static final long CLOSING_MS = 10_000;
    private static final SecureRandom UNGUESSABLE = new SecureRandom();

    private final Vertx vertx;
    private final List<Context> loops;
    private final List<Device> devices = new ArrayList<>();
    private final CountDownLatch unsettled;
    private final int connectionsPerSecond;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param fragmentBytes messages longer than that are sent in fragments of that size; 0 for never
     * @param bufferedMessages bound of each device's buffer of unacknowledged messages
     * @param connectionsPerSecond how quickly the fleet comes up
     * @param threads event loops
     * @param serverTime whether devices take the time from the server's welcome, as those without a clock do
     * @param seed of the back-off
     */
    public record Settings(
            URI url,
            Trust trust,
            int fragmentBytes,
            int bufferedMessages,
            int connectionsPerSecond,
            int threads,
            boolean serverTime,
            long seed) {}

    /** A device to be and what it produces. */
    public record Member(String id, String token, String subprotocol, Source source) {}

    /** How a device stood at the end. */
    public record End(String device, long unfinished, boolean refused) {}

    public Fleet(Settings settings, List<Member> members, Tally tally, @Nullable Ledger ledger)
            throws InterruptedException {
        // The JVM's resolver: one connection target does not need one that reads resolv.conf itself.
        System.setProperty("vertx.disableDnsResolver", "true");
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.threads())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx.exceptionHandler(problem -> failure.compareAndSet(null, problem));
        loops = loops(settings.threads());
        unsettled = new CountDownLatch(members.size());
        connectionsPerSecond = settings.connectionsPerSecond();
        VertxTransport transport = new VertxTransport(
                vertx, settings.url(), settings.trust(), members.size() + 1, settings.fragmentBytes());
        LoopTimekeeper time = new LoopTimekeeper(vertx);
        FirmwareLimits limits = FirmwareLimits.ofBuffer(settings.bufferedMessages());
        Random seeds = new Random(settings.seed());
        for (Member member : members) {
            Identity identity = new Identity(member.id(), member.token(), member.subprotocol(), epoch());
            devices.add(new Device(
                    identity,
                    member.source(),
                    transport,
                    time,
                    new Random(seeds.nextLong()),
                    limits,
                    settings.serverTime(),
                    tally,
                    ledger,
                    unsettled::countDown));
        }
    }

    public void start() {
        long now = System.nanoTime();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            long delay = startsAtMs(i, connectionsPerSecond);
            loop(i).runOnContext(begin -> {
                if (delay == 0) {
                    device.start(now);
                } else {
                    vertx.setTimer(delay, later -> device.start(now));
                }
            });
        }
    }

    /** When the device of that place starts, ms since the fleet's start. */
    public static long startsAtMs(int place, int connectionsPerSecond) {
        return place * 1_000L / connectionsPerSecond;
    }

    public void stopProducing() {
        everywhere(Device::stopProducing);
    }

    /** @return whether every device settled in time: all acknowledged, or refused */
    public boolean awaitSettled(long millis) throws InterruptedException {
        return unsettled.await(millis, TimeUnit.MILLISECONDS);
    }

    /** What went wrong inside the simulator itself; null for nothing. */
    public @Nullable Throwable failure() {
        return failure.get();
    }

    public long skipped() throws InterruptedException {
        long skipped = 0;
        for (long one : ask(Device::skipped)) {
            skipped += one;
        }
        return skipped;
    }

    public List<End> ends() throws InterruptedException {
        return ask(device -> new End(device.id(), device.unfinished(), device.isRefused()));
    }

    /** Closes every connection normally. */
    @Override
    public void close() throws InterruptedException {
        everywhere(Device::stop);
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private <T> List<T> ask(Function<Device, T> question) throws InterruptedException {
        Queue<T> answers = new ConcurrentLinkedQueue<>();
        everywhere(device -> answers.add(question.apply(device)));
        return new ArrayList<>(answers);
    }

    private void everywhere(Consumer<Device> action) {
        CountDownLatch running = new CountDownLatch(devices.size());
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            loop(i).runOnContext(now -> {
                try {
                    action.accept(device);
                } finally {
                    running.countDown();
                }
            });
        }
        try {
            running.await(CLOSING_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Context loop(int device) {
        return loops.get(device % loops.size());
    }

    /** A context of its own for each event loop: Vert.x gives one to each instance of a verticle. */
    private List<Context> loops(int threads) throws InterruptedException {
        Queue<Context> found = new ConcurrentLinkedQueue<>();
        await(vertx.deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start() {
                                found.add(context);
                            }
                        },
                        new DeploymentOptions().setInstances(threads))
                .toCompletionStage()
                .toCompletableFuture());
        return List.copyOf(found);
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.get(CLOSING_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the event loops do not answer", e);
        }
    }

    /** Never from the seed: a repeated epoch would make the server take new messages for old ones. */
    private static String epoch() {
        byte[] bytes = new byte[EPOCH_BYTES];
        UNGUESSABLE.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
