package io.sluice.kafka;

import io.sluice.ingest.Takeovers;
import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every new announcement for {@link Takeovers}, on a thread of its own. It begins at the topic's end, which is right
 * as long as it has its positions before this process announces anything.
 */
final class PresenceFollower {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long BACK_OFF_MS = 1_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Takeovers takeovers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sluice-presence");

    PresenceFollower(Map<String, Object> address, Takeovers takeovers) {
        Map<String, Object> settings = new HashMap<>(address);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-presence");
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.takeovers = takeovers;
    }

    /** Finds the topic's end and begins. Blocks until the positions are known. */
    void start() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.PRESENCE.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.setDaemon(true);
        thread.start();
    }

    /** Gives up where {@link #start} failed. */
    void abandon() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    void stop() {
        stopping.countDown();
        consumer.wakeup();
    }

    private void run() {
        try (consumer) {
            while (stopping.getCount() > 0) {
                try {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        if (PresenceCodec.decode(record.value()) instanceof PresenceRecord.Connected connected) {
                            takeovers.announced(connected);
                        }
                    }
                } catch (WakeupException e) {
                    // asked to stop
                } catch (KafkaException e) {
                    KafkaLog.LOG.presenceFollowFailed(e.toString());
                    if (stopping.await(BACK_OFF_MS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
