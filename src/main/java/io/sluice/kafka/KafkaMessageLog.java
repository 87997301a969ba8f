package io.sluice.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.ingest.Announcements;
import io.sluice.ingest.LogEntry;
import io.sluice.ingest.MessageLog;
import io.sluice.platform.LogPace;
import io.sluice.presence.PresenceRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The log on Kafka: one idempotent producer for the whole process. It is set up so that {@code send} never blocks an event
 * loop and no record ever expires: a broker that is away costs memory up to the bound, and then the devices wait.
 */
final class KafkaMessageLog implements MessageLog, Announcements, AutoCloseable {
    private final LogPace presenceFailures = new LogPace(Duration.ofSeconds(10));
    private static final List<Topic> WRITTEN = List.of(Topic.READINGS, Topic.REJECTED, Topic.PRESENCE);
    private static final List<Long> LATENCY_BUCKETS_MS =
            List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 30_000L);
    /** Ten years: the topics' metadata is never forgotten for lack of use. Not Long.MAX_VALUE, which would overflow. */
    private static final long NEVER_MS = TimeUnit.DAYS.toMillis(3_650);

    private static final int BATCH_BYTES = 64 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final BytesInFlight inFlight;
    private final Duration closeTimeout;
    private final Timer latency;
    private volatile boolean ready;

    KafkaMessageLog(Producer<byte[], byte[]> producer, long maxBytesInFlight, Duration closeTimeout, Timer latency) {
        this.latency = latency;
        this.producer = producer;
        this.inFlight = new BytesInFlight(maxBytesInFlight);
        this.closeTimeout = closeTimeout;
    }

    static KafkaMessageLog connect(
            Map<String, Object> address, TopicsConfig config, RecordSize largest, MeterRegistry metrics) {
        Map<String, Object> settings = new HashMap<>(address);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-ingest");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Of a producer it does not know, a broker takes whatever sequence number comes first. With several requests
        // under way, one refused (no leader yet, too few replicas) and the next one taken, the first fits nowhere any
        // more; as no record expires, its partition would stand still until a restart (KAFKA-15591).
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // Each batch costs a compressor's buffers, 130 KB whatever it holds; 16 KB are a dozen messages.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferMemory());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // An expired record followed by a delivered one would break the order, and the promise about a stalled broker.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER_MS);
        // Rebootstrapping after an outage forgets all metadata, and send would fail until they are back.
        settings.put("metadata.recovery.strategy", "none");
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest.request());
        return new KafkaMessageLog(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                config.maxBytesInFlight(),
                config.closeTimeout(),
                latency(metrics));
    }

    private static Timer latency(MeterRegistry metrics) {
        return Timer.builder("sluice.kafka.latency")
                .serviceLevelObjectives(
                        LATENCY_BUCKETS_MS.stream().map(Duration::ofMillis).toArray(Duration[]::new))
                .register(metrics);
    }

    /** Fetches what {@code send} needs. Blocks; off the event loops, until it returns true. */
    boolean warmUp() {
        for (Topic topic : WRITTEN) {
            try {
                if (producer.partitionsFor(topic.topicName()).isEmpty()) {
                    return false;
                }
            } catch (TimeoutException e) {
                // Nothing may block, so the first question only starts the fetch.
                return false;
            }
        }
        ready = true;
        return true;
    }

    @Override
    public Lane lane(Executor loop) {
        return new ReceiptLane(loop, this::send);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean isFull() {
        return inFlight.isFull();
    }

    @Override
    public long bytesInFlight() {
        return inFlight.get();
    }

    @Override
    public void onRelief(Runnable listener) {
        inFlight.onRelief(listener);
    }

    @Override
    public void announce(PresenceRecord record) {
        ProducerRecord<byte[], byte[]> presence = KafkaRecords.of(record);
        int weight = presence.key().length + presence.value().length;
        inFlight.add(weight);
        dispatch(presence, weight, failure -> {
            if (failure != null) {
                if (presenceFailures.permits()) {
                    KafkaLog.LOG.presenceFailed(failure.toString());
                }
            }
        });
    }

    private void send(LogEntry entry, BiConsumer<LogEntry, @Nullable Throwable> done) {
        int weight = entry.weight();
        inFlight.add(weight);
        dispatch(KafkaRecords.of(entry), weight, failure -> done.accept(entry, failure));
    }

    private void dispatch(ProducerRecord<byte[], byte[]> record, int weight, Consumer<@Nullable Throwable> done) {
        long sent = System.nanoTime();
        try {
            producer.send(record, (metadata, failure) -> {
                inFlight.remove(weight);
                latency.record(System.nanoTime() - sent, TimeUnit.NANOSECONDS);
                done.accept(failure);
            });
        } catch (RuntimeException e) {
            // Closed, or a record no broker would take: what send does not answer by its callback.
            inFlight.remove(weight);
            done.accept(e);
        }
    }

    @Override
    public void close() {
        producer.close(closeTimeout);
        if (inFlight.get() > 0) {
            KafkaLog.LOG.closedInFlight(inFlight.get());
        }
    }
}
