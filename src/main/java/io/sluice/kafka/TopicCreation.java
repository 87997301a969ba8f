package io.sluice.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates what is missing and checks what is there. Blocks; runs off the event loops. */
final class TopicCreation {
    private static final long TIMEOUT_SECONDS = 10;
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MS = 100;

    private final Admin admin;
    private final TopicsConfig config;
    private final List<NewTopic> plan;

    TopicCreation(Admin admin, TopicsConfig config, List<NewTopic> plan) {
        this.admin = admin;
        this.config = config;
        this.plan = plan;
    }

    /** The configuration contradicts what is on Kafka: trying again would not help. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        RefusedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** @throws ExecutionException or {@link TimeoutException} where the broker is not there (yet) */
    void run() throws InterruptedException, ExecutionException, TimeoutException {
        var existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        List<String> created = new ArrayList<>();
        for (NewTopic topic : plan) {
            if (!existing.contains(topic.name()) && create(topic)) {
                created.add(topic.name());
            }
        }
        if (!created.isEmpty()) {
            KafkaLog.LOG.created(String.join(", ", created), config.partitions(), config.replication());
        }
        check();
    }

    private boolean create(NewTopic topic) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                // Another instance was faster.
                return false;
            }
            if (e.getCause() instanceof InvalidReplicationFactorException) {
                throw new RefusedException("The topic " + topic.name() + " cannot have " + config.replication()
                        + " replicas on this cluster; with a single broker set SLUICE_KAFKA_REPLICATION=1");
            }
            throw e;
        }
    }

    /** A topic just created is not known to every broker at once. */
    private static boolean isNotYetKnown(ExecutionException e) {
        return e.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private void check() throws InterruptedException, ExecutionException, TimeoutException {
        for (int attempt = 1; ; attempt++) {
            try {
                checkPartitions();
                return;
            } catch (ExecutionException e) {
                if (!isNotYetKnown(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private void checkPartitions() throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = plan.stream().map(NewTopic::name).toList();
        Map<String, TopicDescription> topics =
                admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        String wrong = topics.values().stream()
                .filter(topic -> topic.partitions().size() != config.partitions())
                .map(topic -> topic.name() + " has " + topic.partitions().size())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw new RefusedException("SLUICE_KAFKA_PARTITIONS is " + config.partitions() + ", but " + wrong
                    + ". Partitions cannot change under a running fleet: a device's readings would lose their order and its"
                    + " de-duplication. To migrate, stop all instances, let the readers finish, create the topics anew with"
                    + " the new number (or use another cluster), reset the rollup application, and start again; or set"
                    + " SLUICE_KAFKA_PARTITIONS back.");
        }
    }
}
