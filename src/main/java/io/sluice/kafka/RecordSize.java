package io.sluice.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Whether Kafka takes the largest record that the configured limits allow. One that it does not take fails for good, which
 * closes the device's connection, and the device comes back with the same message for ever; so this is found out at start.
 *
 * @param octets key, value and headers of that record
 */
record RecordSize(long octets) {
    private static final int KAFKA_DEFAULT = 1_048_576;
    private static final int BATCH_OVERHEAD = 1_024;
    private static final int TIMEOUT_SECONDS = 10;
    private static final String LIMITS =
            "SLUICE_INGEST_MAX_RESOLVED_BYTES, SLUICE_INGEST_MAX_MESSAGE_BYTES, SLUICE_INGEST_MAX_RECORDS";

    /** As a batch of its own, which compression may make larger: LZ4 adds one octet in 255 at most. */
    private long batch() {
        return octets + octets / 255 + BATCH_OVERHEAD;
    }

    /** What the producer must be allowed to send at once, in octets. */
    int request() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(KAFKA_DEFAULT, batch()));
    }

    /** @throws TopicCreation.RefusedException where a producer that may hold so many octets could never send it */
    void checkBuffer(long bufferMemory) {
        if (batch() > bufferMemory) {
            throw refusal("the producer's memory (SLUICE_KAFKA_BUFFER_MEMORY) is " + bufferMemory);
        }
    }

    /**
     * @throws TopicCreation.RefusedException where one of the topics does not take it
     * @throws ExecutionException or {@link TimeoutException} where the broker does not answer (yet)
     */
    void check(Admin admin, Collection<String> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<ConfigResource> asked = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> found = admin.describeConfigs(asked).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        for (ConfigResource topic : asked) {
            String allowed = Objects.requireNonNull(found.get(topic))
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value();
            if (batch() > Long.parseLong(allowed)) {
                throw refusal("the topic " + topic.name() + " takes " + allowed + " ("
                        + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + ", or the broker's message.max.bytes)");
            }
        }
    }

    private TopicCreation.RefusedException refusal(String bound) {
        return new TopicCreation.RefusedException("One message may make a record of " + batch() + " octets for Kafka ("
                + LIMITS + "), but " + bound + ". Lower the limits, or raise that one");
    }
}
