package io.sluice.rollup;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * One start of Kafka Streams, from the waiting for its topics to the bounded close. All of it, and the regular question
 * for the end of the input, happens on one thread of its own.
 *
 * <p>Transitions: waiting (topics or broker are not there; asks again every second), running, closed. A close that the
 * broker does not let end leaves its threads behind, and with them the state folder, which stays locked.
 */
final class StreamsRun implements AutoCloseable {
    private static final long RETRY_MILLIS = 1_000;
    private static final int ATTEMPTS_BEFORE_TELLING = 5;
    private static final Duration NO_WAIT = Duration.ZERO;

    private final RollupConfig config;
    private final StreamsSettings settings;
    private final Function<Interims, Topology> topology;
    private final RollupCounters counters;
    private final BrokerInputEnd inputEnd;
    private final BrokerGroupTime groupTime;
    private final ThreadReplacement replacement;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "sluice-rollup");
        made.setDaemon(true);
        return made;
    });
    private int attempts;
    private volatile boolean closing;
    private volatile @Nullable Admin admin;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable StateFolder folder;
    private volatile @Nullable InterimProducer interims;

    StreamsRun(
            RollupConfig config,
            StreamsSettings settings,
            Function<Interims, Topology> topology,
            RollupCounters counters,
            BrokerInputEnd inputEnd,
            BrokerGroupTime groupTime,
            ThreadReplacement replacement) {
        this.config = config;
        this.settings = settings;
        this.topology = topology;
        this.counters = counters;
        this.inputEnd = inputEnd;
        this.groupTime = groupTime;
        this.replacement = replacement;
    }

    void start() {
        thread.execute(this::startWhenTopicsExist);
    }

    private void startWhenTopicsExist() {
        if (closing) {
            return;
        }
        try {
            Admin asking = admin == null ? Admin.create(settings.admin()) : admin;
            admin = asking;
            Map<String, TopicDescription> topics = topics(asking);
            startStreams(partitions(topics, RollupTopology.ROLLUPS));
            int partitions = partitions(topics, RollupTopology.READINGS);
            long interval = config.endInterval().toMillis();
            thread.scheduleWithFixedDelay(() -> askForEnd(asking, partitions), 0, interval, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            tellOfWaiting(e);
            thread.schedule(this::startWhenTopicsExist, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Fails while one of them is missing. */
    private static Map<String, TopicDescription> topics(Admin admin) throws Exception {
        return admin.describeTopics(RollupTopology.TOPICS).allTopicNames().get(15, TimeUnit.SECONDS);
    }

    private static int partitions(Map<String, TopicDescription> topics, String name) {
        return Objects.requireNonNull(topics.get(name)).partitions().size();
    }

    private void tellOfWaiting(Exception e) {
        // At a first start the topics are made beside this, and that they come a moment later is no news.
        if (++attempts == ATTEMPTS_BEFORE_TELLING && !closing) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            RollupLog.LOG.waiting(cause instanceof TimeoutException ? "no answer" : String.valueOf(cause.getMessage()));
        }
    }

    private synchronized void startStreams(int rollupPartitions) throws IOException {
        if (closing) {
            return;
        }
        StateFolder taken = StateFolder.take(config.stateDir());
        InterimProducer showing = null;
        try {
            showing = new InterimProducer(
                    settings.interims(),
                    rollupPartitions,
                    config.emitInterval(),
                    config.sessionTimeout().dividedBy(2),
                    counters.interimsLost);
            KafkaStreams starting =
                    new KafkaStreams(topology.apply(showing), settings.streams(taken.path()), new UnhurriedClients());
            starting.setUncaughtExceptionHandler(replacement);
            starting.start();
            streams = starting;
            folder = taken;
            interims = showing;
        } catch (RuntimeException e) {
            if (showing != null) {
                showing.close();
            }
            taken.close();
            throw e;
        }
        RollupLog.LOG.running(taken.path());
    }

    private void askForEnd(Admin asking, int partitions) {
        try {
            groupTime.ask(asking, inputEnd.ask(asking, partitions));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception noAnswer) {
            // Nothing becomes final by the wall clock meanwhile; the clients themselves say that the broker is away.
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.shutdownNow();
        closeStreams();
        Admin asking = admin;
        if (asking != null) {
            asking.close(NO_WAIT);
        }
    }

    private synchronized void closeStreams() {
        KafkaStreams running = streams;
        StateFolder taken = folder;
        if (running == null || taken == null) {
            return;
        }
        boolean closed = running.close(config.closeTimeout());
        InterimProducer showing = interims;
        if (showing != null) {
            showing.close();
        }
        if (!closed) {
            RollupLog.LOG.closedLate(config.closeTimeout().toMillis());
            return;
        }
        try {
            taken.close();
        } catch (IOException e) {
            RollupLog.LOG.debug("the lock of the state folder", e);
        }
    }
}
