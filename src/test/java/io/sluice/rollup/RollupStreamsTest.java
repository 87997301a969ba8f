package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** In the running application: a reading on the topic becomes a rollup, interim at once and final in the end. */
@QuarkusTest
class RollupStreamsTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    RollupCounters counters;

    @Test
    void aReadingShowsAtOnceAndItsWindowBecomesFinal() throws Exception {
        String device = "rollup-" + System.nanoTime();
        try (KafkaRollups topics = new KafkaRollups(kafka)) {
            topics.ensureTopics(4);
            // the first one also waits for Streams to start
            topics.send(device, 1, System.currentTimeMillis(), 20);
            List<RollupItem> seen = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> seen.addAll(topics.poll(device)));

            long sent = System.currentTimeMillis();
            topics.send(device, 2, sent, 21.5);
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> {
                        seen.addAll(topics.poll(device));
                        return seen.stream().anyMatch(item -> item.last() == 21.5);
                    });
            await().atMost(Duration.ofSeconds(18)).until(() -> {
                seen.addAll(topics.poll(device));
                return seen.stream().anyMatch(item -> item.isFinal() && item.last() == 21.5);
            });
            assertThat(System.currentTimeMillis() - sent).isBetween(10_000L, 16_000L);
        }
        assertThat(counters.readings.sum()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void livenessKnowsTheRollups() {
        RestAssured.get("/q/health/live").then().statusCode(200);
    }
}
