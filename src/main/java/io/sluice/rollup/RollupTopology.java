package io.sluice.rollup;

import io.sluice.senml.PackDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * The topology, on the Processor API: readings in, rollups out. The windows of the DSL and {@code suppress} cannot be
 * used, since they judge lateness by the whole partition's stream time.
 */
final class RollupTopology {
    static final String READINGS = "readings";
    static final String ROLLUPS = "rollups";
    static final String PRESENCE = "presence";
    static final String HISTORY = "rollups.history";
    static final List<String> TOPICS = List.of(READINGS, ROLLUPS, PRESENCE, HISTORY);

    /** Header of a rollup: arrival of its newest reading, ms since 1970 in decimal. */
    static final String ARRIVED = "arrived";

    static final String STORE = "devices";
    private static final String SOURCE = "readings";
    private static final String PROCESSOR = "rollup";
    static final String ROLLUPS_SINK = "rollups";
    static final String PRESENCE_SINK = "presence";
    static final String HISTORY_SINK = "history";

    /**
     * A changelog is read from its beginning after a crash, and compaction leaves the segment being written alone: small
     * segments, cleaned early, keep that reading short. Tombstones need to outlive a restoration only.
     */
    private static final Map<String, String> CHANGELOG = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", "33554432",
            "segment.ms", "3600000",
            "min.cleanable.dirty.ratio", "0.3",
            "delete.retention.ms", "3600000");

    private RollupTopology() {}

    /**
     * @param decoders one decoder per task, since they need not be thread-safe
     * @param store named {@link #STORE}
     */
    static Topology of(
            RollupPlan plan,
            int maxDevices,
            Supplier<PackDecoder> decoders,
            InputEnd inputEnd,
            RollupCounters counters,
            KeyValueBytesStoreSupplier store) {
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        SOURCE,
                        RollupTopology::arrival,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        READINGS)
                .addProcessor(
                        PROCESSOR,
                        () -> new ReadingsProcessor(plan, maxDevices, decoders.get(), inputEnd, counters),
                        SOURCE)
                .addStateStore(CommitAwareStore.builder(store, CHANGELOG), PROCESSOR)
                .addSink(ROLLUPS_SINK, ROLLUPS, keys(), items(), RollupTopology::partition, PROCESSOR)
                .addSink(HISTORY_SINK, HISTORY, keys(), items(), RollupTopology::partition, PROCESSOR)
                .addSink(PRESENCE_SINK, PRESENCE, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }

    /** Streams' own extractor ends the thread at a record without a time. */
    private static long arrival(ConsumerRecord<Object, Object> message, long partitionTime) {
        return Math.max(0, message.timestamp());
    }

    private static Serializer<RollupKey> keys() {
        return (topic, key) -> key.toBytes();
    }

    private static Serializer<RollupItem> items() {
        return (topic, item) -> RollupJson.encode(item);
    }

    /** By kind and id alone, so that all windows of a device, or of a group, are in one partition and in order. */
    static Optional<Set<Integer>> partition(String topic, RollupKey key, RollupItem item, int partitions) {
        byte[] name = (key.kind().word() + '/' + key.id()).getBytes(StandardCharsets.UTF_8);
        return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(name)) % partitions));
    }
}
