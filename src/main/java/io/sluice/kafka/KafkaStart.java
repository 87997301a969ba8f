package io.sluice.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.ingest.IngestConfig;
import io.sluice.ingest.LogEntry;
import io.sluice.ingest.Takeovers;
import io.sluice.platform.BrokerConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the broker at start: topics, then the producer's metadata, off the event loops and as often as it takes; until
 * then the service is not ready. Only a configuration that contradicts the cluster ends the process.
 */
@Singleton
public class KafkaStart {
    private static final long FIRST_BACK_OFF_MS = 250;
    private static final int ATTEMPTS_BEFORE_TELLING = 5;
    private static final long WARM_UP_POLL_MS = 50;
    /** After everything that writes. */
    private static final int LAST = 5_000;

    private final BrokerConnection broker;
    private final TopicsConfig config;
    private final TopicPlan plan;
    private final RecordSize largest;
    private final KafkaMessageLog log;
    /** Asked for late: takeovers end in the log that this bean makes. */
    private final Provider<Takeovers> takeovers;

    private final CompletableFuture<Void> topics = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable PresenceFollower follower;
    private final Thread thread = new Thread(this::run, "sluice-kafka-start");

    KafkaStart(
            BrokerConnection broker,
            TopicsConfig config,
            RetentionConfig retention,
            IngestConfig ingest,
            MeterRegistry metrics,
            Provider<Takeovers> takeovers) {
        this.takeovers = takeovers;
        this.broker = broker;
        this.config = config;
        this.plan = new TopicPlan(config, retention);
        this.largest = new RecordSize(LogEntry.largest(ingest));
        this.log = KafkaMessageLog.connect(broker.settings(), config, largest, metrics);
    }

    @Produces
    @Singleton
    KafkaMessageLog log() {
        return log;
    }

    /** Done when every topic is there; fails where the configuration contradicts the cluster. */
    public CompletableFuture<Void> topics() {
        return topics.copy();
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        stopping.countDown();
        if (follower != null) {
            follower.stop();
        }
        log.close();
    }

    private void run() {
        try {
            largest.checkBuffer(config.bufferMemory());
            if (createTopics()) {
                topics.complete(null);
                follow();
                while (!log.warmUp()) {
                    if (stopping.await(WARM_UP_POLL_MS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
                KafkaLog.LOG.ready(broker.address());
            }
        } catch (TopicCreation.RefusedException e) {
            KafkaLog.LOG.refused(e.reason());
            topics.completeExceptionally(e);
            Quarkus.asyncExit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            PresenceFollower candidate = PresenceFollower.connect(broker.settings(), takeovers.get()::read);
            try {
                candidate.start();
                follower = candidate;
                if (stopping.getCount() == 0) {
                    candidate.stop();
                }
                return;
            } catch (KafkaException e) {
                candidate.abandon();
                // A topic made a moment ago is not known everywhere at once.
                if (attempt == ATTEMPTS_BEFORE_TELLING) {
                    KafkaLog.LOG.notThereYet(broker.address(), FIRST_BACK_OFF_MS, e.toString());
                }
            }
            if (stopping.await(FIRST_BACK_OFF_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** @return false where the process ends before */
    private boolean createTopics() throws InterruptedException {
        long backOff = FIRST_BACK_OFF_MS;
        while (true) {
            Map<String, Object> settings = new HashMap<>(broker.settings());
            settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-start");
            try (Admin admin = Admin.create(settings)) {
                new TopicCreation(admin, config, plan.newTopics()).run();
                largest.check(admin, List.of(Topic.READINGS.topicName(), Topic.REJECTED.topicName()));
                return true;
            } catch (ExecutionException | TimeoutException e) {
                String failure =
                        e.getCause() == null ? e.toString() : e.getCause().toString();
                KafkaLog.LOG.notThereYet(broker.address(), backOff, failure);
            }
            if (stopping.await(backOff, TimeUnit.MILLISECONDS)) {
                return false;
            }
            backOff = Math.min(backOff * 2, config.maxBackOff().toMillis());
        }
    }
}
