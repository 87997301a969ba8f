package io.sluice.kafka;

import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is newly said on {@code presence}, on a thread of its own. It begins at the topic's end, which is right
 * as long as it has its positions before this process announces anything.
 */
final class PresenceFollower {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long BACK_OFF_MS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final java.util.function.Consumer<PresenceRecord> listener;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sluice-presence");

    PresenceFollower(Consumer<byte[], byte[]> consumer, java.util.function.Consumer<PresenceRecord> listener) {
        this.consumer = consumer;
        this.listener = listener;
    }

    static PresenceFollower connect(Map<String, Object> address, java.util.function.Consumer<PresenceRecord> listener) {
        Map<String, Object> settings = new HashMap<>(address);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-presence");
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return new PresenceFollower(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), listener);
    }

    /**
     * Finds the topic's end and begins. Blocks until the positions are known.
     *
     * @throws KafkaException where they are not to be had now
     */
    void start() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.PRESENCE.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            // This broker has not heard of the topic yet; a consumer of nothing would end at its first poll.
            throw new UnknownTopicOrPartitionException(Topic.PRESENCE.topicName());
        }
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
                        PresenceRecord said = PresenceCodec.decode(record.value());
                        if (said != null) {
                            listener.accept(said);
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
