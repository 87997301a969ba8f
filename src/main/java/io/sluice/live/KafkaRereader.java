package io.sluice.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads again from Kafka what instances have forgotten since a position: each time with a consumer of its own, on a thread
 * of its own, into a board of its own that is thrown away when it is sent.
 *
 * <p>What is found is whole, or nothing is: the topic has to be the same one (by its id), it must still have every record
 * since the position, and no bound may be reached: reads at a time, records between the position and the end, items of
 * the filter, time. Compaction takes nothing away that matters: it removes a record only where a newer one of its key
 * stands behind it, which is read here, or comes as an update.
 */
final class KafkaRereader {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final BoardLimits ALL =
            new BoardLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, true, Long.MAX_VALUE);

    private final LiveConfig config;
    private final ClientSettings settings;
    private final Departed departed;
    private final AtomicInteger begun = new AtomicInteger();
    /** For readings and for what they found, until it is sent: a client that reads nothing keeps its own. */
    private final Semaphore places;

    private final ThreadPoolExecutor threads;
    private final LongAdder recovered = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    KafkaRereader(LiveConfig config, ClientSettings settings, Departed departed) {
        this.config = config;
        this.settings = settings;
        this.departed = departed;
        int most = Math.max(1, config.maxRereads());
        places = new Semaphore(most);
        // No queue: whoever finds no thread gets the full snapshot now, which beats a recovery after the others'.
        threads = new ThreadPoolExecutor(0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread made = new Thread(task, "sluice-live-reread-" + begun.incrementAndGet());
            made.setDaemon(true);
            return made;
        });
    }

    /** Of a topic whose records are all kept for a time; presence is compacted for ever, and in memory as a whole. */
    Rereader of(Channel channel) {
        return switch (channel) {
            case ROLLUPS -> (since, filter) -> begin(channel, since, filter);
            case REJECTS -> (since, filter) -> begin(channel, since, filter);
            case DEVICES -> Rereader.NONE;
        };
    }

    private Reread begin(Channel channel, Position since, Filter filter) {
        if (!places.tryAcquire()) {
            givenUp.increment();
            return Reread.givenUp();
        }
        Reread reread = new Reread(places::release);
        try {
            threads.execute(() -> run(reread, channel, since, filter));
        } catch (RejectedExecutionException full) {
            // A place was free sooner than its thread.
            givenUp.increment();
            reread.end(null);
        }
        return reread;
    }

    private void run(Reread reread, Channel channel, Position since, Filter filter) {
        Board missed = null;
        try {
            missed = read(reread, channel, since, filter);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            // The full snapshot is the answer; that the broker is away, the followers say.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            (missed == null ? givenUp : recovered).increment();
            reread.end(missed);
        }
    }

    private @Nullable Board read(Reread reread, Channel channel, Position since, Filter filter)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + config.rereadTimeout().toNanos();
        String topic = channel.topic();
        TopicDescription description = describe(topic);
        int count = description.partitions().size();
        if (!since.isOf(ClientSettings.tag(description.topicId()), count)) {
            return null;
        }
        Board found = new Board(channel, ALL);
        found.begin(ClientSettings.tag(description.topicId()), new long[count]);
        Intake intake = new WithoutDeparted(intake(channel, found, filter), owner(channel), departed);
        KafkaConsumer<byte[], byte[]> reading = new KafkaConsumer<>(
                settings.consumer("reread-" + topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            Map<TopicPartition, Long> ends = seek(reading, topic, count, since);
            if (ends == null) {
                return null;
            }
            ends.forEach((partition, end) -> found.readUpTo(partition.partition(), end));
            while (ends.entrySet().stream().anyMatch(end -> reading.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
                    if (record.offset() < found.nextOffset(record.partition())) {
                        take(intake, record);
                    }
                }
                if (reread.isLetGo()
                        || System.nanoTime() > deadline
                        || found.size() > config.rereadItems()
                        || Thread.currentThread().isInterrupted()) {
                    return null;
                }
            }
            return found;
        } finally {
            close(reading);
        }
    }

    private TopicDescription describe(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(settings.admin("reread-" + topic))) {
            return Objects.requireNonNull(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(config.rereadTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic));
        }
    }

    /** The ends to read up to, the consumer standing at the position; null where it cannot or must not be read. */
    private @Nullable Map<TopicPartition, Long> seek(
            Consumer<byte[], byte[]> reading, String topic, int count, Position since) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        reading.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(reading.endOffsets(partitions));
        // The beginning last: what is above it now was so at all times before.
        Map<TopicPartition, Long> begins = reading.beginningOffsets(partitions);
        long records = 0;
        for (TopicPartition partition : partitions) {
            long next = since.next(partition.partition());
            long end = ends.getOrDefault(partition, 0L);
            if (next < begins.getOrDefault(partition, 0L) || next > end) {
                return null;
            }
            records += end - next;
            reading.seek(partition, next);
        }
        return records > config.rereadRecords() ? null : ends;
    }

    private static Intake intake(Channel channel, Board found, Filter filter) {
        return channel == Channel.ROLLUPS ? RollupIntake.again(found, filter) : RejectIntake.again(found, filter);
    }

    private static WithoutDeparted.Owner owner(Channel channel) {
        return channel == Channel.ROLLUPS ? WithoutDeparted.Owner.ROLLUP : WithoutDeparted.Owner.KEY;
    }

    private static void take(Intake intake, ConsumerRecord<byte[], byte[]> record) {
        try {
            intake.take(record);
        } catch (IllegalArgumentException notUnderstood) {
            // Its follower has counted it.
        }
    }

    private static void close(Consumer<?, ?> reading) {
        try {
            reading.close(CloseOptions.timeout(CLOSE));
        } catch (InterruptException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    long recovered() {
        return recovered.sum();
    }

    long givenUp() {
        return givenUp.sum();
    }

    /** Ends what is being read; nobody is there to be told. */
    void stop() {
        threads.shutdownNow();
    }
}
