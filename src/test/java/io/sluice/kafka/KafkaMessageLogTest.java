package io.sluice.kafka;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingest.MessageLog;
import io.sluice.ingest.MessageLogContract;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
class KafkaMessageLogTest extends MessageLogContract {
    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
    }

    @Override
    protected MessageLog log() {
        return log;
    }

    @Override
    protected void settle() {
        // Kafka does it by itself.
    }
}
