package io.sluice.kafka;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.local.LocalServers;
import io.sluice.local.ServerProcess;
import io.sluice.presence.PresenceRecord;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is sent in the moment in which a topic comes into being, while its partitions get their leaders one by one.
 * Several times over, since it is a race: with more than one request under way, four rounds of five lost it.
 */
class FreshTopicIT {
    private static final int ROUNDS = 6;
    private static final int RECORDS = 4_000;
    private static final TopicsConfig CONFIG = new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(TopicsConfig.class)
            .build()
            .getConfigMapping(TopicsConfig.class);
    private static final List<String> TOPICS = Stream.of(Topic.READINGS, Topic.REJECTED, Topic.PRESENCE)
            .map(Topic::topicName)
            .toList();

    @TempDir
    Path folder;

    @Test
    void takesAllThatIsSentFromItsFirstMoment() throws Exception {
        try (ServerProcess broker = new LocalServers(folder).startBroker(0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            for (int round = 0; round < ROUNDS; round++) {
                createTopics(admin);
                sendAll(broker.address(), round);
                admin.deleteTopics(TOPICS).all().get();
                await("the topics' end")
                        .until(() -> admin.listTopics().names().get().isEmpty());
            }
        }
    }

    private static void createTopics(Admin admin) throws Exception {
        admin.createTopics(TOPICS.stream()
                        .map(name -> new NewTopic(name, CONFIG.partitions(), (short) 1))
                        .toList())
                .all()
                .get();
    }

    private static void sendAll(String address, int round) throws InterruptedException {
        try (KafkaMessageLog log = KafkaMessageLog.connect(
                Map.of("bootstrap.servers", address), CONFIG, new RecordSize(1_000), new SimpleMeterRegistry())) {
            await("metadata").pollInterval(Duration.ofMillis(1)).until(log::warmUp);
            for (int n = 0; n < RECORDS; n++) {
                log.announce(new PresenceRecord.Connected("d" + n, null, "s", "i", n));
                if (n % 50 == 0) {
                    Thread.sleep(1); // several requests, not one; nothing waits for it
                }
            }
            await("acknowledgement of all records, round " + round)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> log.bytesInFlight() == 0);
        }
    }
}
