package io.sluice.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of one topic into a board, on a thread of its own, for as long as the instance lives.
 *
 * <p>A plain consumer without a group, not a Reactive Messaging channel: every instance reads everything, from a place
 * that depends on its memory, and offsets are what positions are made of. A group per instance would leave its offsets
 * behind on the broker at every restart and give nothing for it.
 *
 * <p>While the broker is away or the topic does not exist yet it tries again, at first every 250 ms, at last every 5 s,
 * with one line in the log; the board keeps what it has and reading goes on where it stopped.
 */
final class Follower implements Runnable {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long FIRST_BACKOFF_MS = 250;
    private static final int QUIET_ATTEMPTS = 8;

    private final String topic;
    private final ClientSettings settings;
    private final StartPoint startPoint;
    private final Board board;
    private final Intake intake;
    private final AtomicLong notUnderstood = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private boolean intakeCaughtUp;
    private int attempts;

    Follower(String topic, ClientSettings settings, StartPoint startPoint, Board board, Intake intake) {
        this.topic = topic;
        this.settings = settings;
        this.startPoint = startPoint;
        this.board = board;
        this.intake = intake;
        thread = new Thread(this, "sluice-live-" + topic);
        thread.setDaemon(true);
    }

    String topic() {
        return topic;
    }

    void start() {
        thread.start();
    }

    /** Asks it to end; {@link #join} waits for it. */
    void stop() {
        stop.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        } else {
            // The wait for a topic's description knows no wakeup.
            thread.interrupt();
        }
    }

    void join(long timeoutMs) {
        try {
            thread.join(Math.max(1, timeoutMs));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Records that were left out because they are not what this topic carries. */
    long notUnderstood() {
        return notUnderstood.get();
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try (Admin admin = Admin.create(settings.admin(topic))) {
                describeAndRead(admin);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                failed(e);
            }
            pause();
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void failed(Throwable cause) {
        if (++attempts == QUIET_ATTEMPTS) {
            LiveLog.LOG.unreachable(topic, cause.getClass().getSimpleName());
        }
    }

    private void pause() {
        long backoff = Math.min(ClientSettings.LAST_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(attempts, 10));
        try {
            stop.await(backoff, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private void describeAndRead(Admin admin) {
        TopicDescription description;
        try {
            var described =
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
            description = Objects.requireNonNull(described, "the topic that was asked for")
                    .get(ClientSettings.API_TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            failed(e.getCause() == null ? e : e.getCause());
            return;
        }
        try (KafkaConsumer<byte[], byte[]> reading = new KafkaConsumer<>(
                settings.consumer(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = reading;
            try {
                read(reading, description);
            } catch (OffsetOutOfRangeException e) {
                // Kafka deleted what was not read yet, or the topic was made anew: judged again from its description.
                failed(e);
            } finally {
                consumer = null;
                reading.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            }
        }
    }

    private void read(Consumer<byte[], byte[]> reading, TopicDescription description) {
        List<TopicPartition> partitions = new ArrayList<>();
        description.partitions().forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        long begun = System.nanoTime();
        reading.assign(partitions);
        seek(reading, partitions, ClientSettings.tag(description.topicId()));
        Map<TopicPartition, Long> ends = new HashMap<>(reading.endOffsets(partitions));
        if (attempts >= QUIET_ATTEMPTS) {
            LiveLog.LOG.reachable(topic);
        }
        attempts = 0;
        while (!isStopped()) {
            for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
                take(record);
                board.readUpTo(record.partition(), record.offset() + 1);
            }
            if (!ends.isEmpty() || !intakeCaughtUp) {
                ends.entrySet().removeIf(end -> reading.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty() && !intakeCaughtUp) {
                    intakeCaughtUp = true;
                    intake.caughtUp();
                    board.caughtUp();
                    LiveLog.LOG.caughtUp(
                            topic, partitions.size(), board.size(), (System.nanoTime() - begun) / 1_000_000);
                }
            }
        }
    }

    private void seek(Consumer<byte[], byte[]> reading, List<TopicPartition> partitions, long tag) {
        if (!board.isOf(tag, partitions.size())) {
            Map<TopicPartition, Long> starts = startPoint.offsets(reading, partitions);
            long[] offsets = new long[partitions.size()];
            starts.forEach((partition, offset) -> offsets[partition.partition()] = offset);
            board.begin(tag, offsets);
            starts.forEach(reading::seek);
            return;
        }
        Map<TopicPartition, Long> begins = reading.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long next = board.nextOffset(partition.partition());
            long begin = begins.getOrDefault(partition, 0L);
            if (begin > next) {
                LiveLog.LOG.skipped(topic, partition.partition(), begin);
                board.skippedTo(partition.partition(), begin);
            }
            reading.seek(partition, Math.max(begin, next));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            intake.take(record);
        } catch (IllegalArgumentException e) {
            if (notUnderstood.incrementAndGet() == 1) {
                LiveLog.LOG.notUnderstood(topic, record.partition(), record.offset(), String.valueOf(e.getMessage()));
            }
        }
    }
}
