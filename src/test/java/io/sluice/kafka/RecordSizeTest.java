package io.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Limits that Kafka would not bear are refused at start, in words that name both sides. */
@QuarkusTest
class RecordSizeTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String address;

    @Test
    void aTopicThatTakesLessIsRefused() throws Exception {
        String topic = "record-size-" + System.nanoTime();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "20000"))))
                    .all()
                    .get();
            assertThatCode(() -> new RecordSize(18_000).check(admin, List.of(topic)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> new RecordSize(20_000).check(admin, List.of("readings", topic)))
                    .isInstanceOf(TopicCreation.RefusedException.class)
                    .hasMessageContaining("the topic " + topic + " takes 20000")
                    .hasMessageContaining("SLUICE_INGEST_MAX_RESOLVED_BYTES");
            assertThatThrownBy(() -> new RecordSize(2_000_000).check(admin, List.of("readings")))
                    .hasMessageContaining("message.max.bytes");
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    @Test
    void theProducerIsMadeToFit() {
        assertThat(new RecordSize(600_000).request()).isEqualTo(1_048_576);
        assertThat(new RecordSize(10_000_000).request()).isGreaterThan(10_000_000);
        assertThatCode(() -> new RecordSize(60_000_000).checkBuffer(64L << 20)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new RecordSize(80_000_000).checkBuffer(64L << 20))
                .isInstanceOf(TopicCreation.RefusedException.class)
                .hasMessageContaining("SLUICE_KAFKA_BUFFER_MEMORY) is 67108864");
    }
}
