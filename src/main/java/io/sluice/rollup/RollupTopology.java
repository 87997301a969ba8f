package io.sluice.rollup;

import io.sluice.senml.PackDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The topology: readings to devices' rollups, and what they add to groups, through a topic keyed by group, to groups'
 * rollups. The DSL gives the wiring, since it alone has topics of its own between stages; its windows and
 * {@code suppress} cannot be used, since they judge lateness by the whole partition's stream time.
 */
final class RollupTopology {
    static final String READINGS = "readings";
    static final String ROLLUPS = "rollups";
    static final String PRESENCE = "presence";
    static final String HISTORY = "rollups.history";
    static final List<String> TOPICS = List.of(READINGS, ROLLUPS, PRESENCE, HISTORY);

    static final String STORE = "devices";
    static final String GROUPS = "groups";
    private static final String SOURCE = "readings";
    private static final String PROCESSOR = "rollup";
    private static final String GROUPS_PROCESSOR = "group-rollup";
    static final String ROLLUPS_SINK = "rollups";
    static final String HISTORY_SINK = "history";
    static final String PRESENCE_SINK = "presence";
    static final String ADDITIONS = "additions";
    static final String GROUP_ROLLUPS = "group-rollups";
    static final String GROUP_HISTORY = "group-history";

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

    private final RollupPlan plan;
    private final GroupPlan groups;
    private final int maxDevices;
    private final InputEnd inputEnd;
    private final GroupTime groupTime;
    private final RollupCounters counters;
    private final Interims interims;

    RollupTopology(
            RollupPlan plan,
            GroupPlan groups,
            int maxDevices,
            InputEnd inputEnd,
            GroupTime groupTime,
            RollupCounters counters,
            Interims interims) {
        this.plan = plan;
        this.groups = groups;
        this.maxDevices = maxDevices;
        this.inputEnd = inputEnd;
        this.groupTime = groupTime;
        this.counters = counters;
        this.interims = interims;
    }

    /** The topic between the stages; Streams makes it, and deletes from it what the group stage has committed. */
    static String additionsTopic(String applicationId) {
        return applicationId + '-' + GROUPS + "-repartition";
    }

    /**
     * @param decoders one decoder per task, since they need not be thread-safe
     * @param stores makes one for each of the two names
     */
    Topology build(Supplier<PackDecoder> decoders, Function<String, KeyValueBytesStoreSupplier> stores) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(CommitAwareStore.builder(stores.apply(STORE), CHANGELOG));
        builder.addStateStore(CommitAwareStore.builder(stores.apply(GROUPS), CHANGELOG));

        KStream<Object, Object> devices = builder.stream(
                        READINGS,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                                .withTimestampExtractor(RollupTopology::arrival)
                                .withName(SOURCE))
                .process(
                        () -> new ReadingsProcessor(plan, maxDevices, decoders.get(), inputEnd, counters, interims),
                        Named.as(PROCESSOR),
                        STORE);
        devices.map((key, count) -> KeyValue.pair((byte[]) key, (byte[]) count), Named.as(PRESENCE_SINK))
                .to(PRESENCE, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        send(devices, ROLLUPS_SINK, ROLLUPS);
        send(devices, HISTORY_SINK, HISTORY);
        KStream<Object, Object> merged = devices.map(
                        (key, addition) -> KeyValue.pair((RollupKey) key, (Addition) addition), Named.as(ADDITIONS))
                .repartition(Repartitioned.<RollupKey, Addition>as(GROUPS)
                        .withKeySerde(keys())
                        .withValueSerde(Addition.serde())
                        .withStreamPartitioner((topic, key, addition, count) -> partition(key, count)))
                .process(
                        () -> new GroupsProcessor(plan, groups, groupTime, counters, interims),
                        Named.as(GROUPS_PROCESSOR),
                        GROUPS);
        send(merged, GROUP_ROLLUPS, ROLLUPS);
        send(merged, GROUP_HISTORY, HISTORY);
        return builder.build();
    }

    /** @param name by which the processor forwards to it */
    private static void send(KStream<Object, Object> rollups, String name, String topic) {
        rollups.map((key, item) -> KeyValue.pair((RollupKey) key, (RollupItem) item), Named.as(name))
                .to(
                        topic,
                        Produced.with(keys(), items())
                                .withStreamPartitioner((to, key, item, count) -> partition(key, count)));
    }

    /** Streams' own extractor ends the thread at a record without a time. */
    private static long arrival(ConsumerRecord<Object, Object> message, long partitionTime) {
        return Math.max(0, message.timestamp());
    }

    private static Serde<RollupKey> keys() {
        return Serdes.serdeFrom((topic, key) -> key.toBytes(), (topic, bytes) -> keyOrNull(bytes));
    }

    /** One record must not stop the devices' rollups, which share the thread. */
    private static @Nullable RollupKey keyOrNull(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : RollupKey.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Serde<RollupItem> items() {
        return Serdes.serdeFrom((topic, item) -> RollupJson.encode(item), (topic, bytes) -> RollupJson.decode(bytes));
    }

    /** By kind and id alone, so that all windows of a device, or of a group, are in one partition and in order. */
    static int partitionOf(RollupKey key, int partitions) {
        byte[] name = (key.kind().word() + '/' + key.id()).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(name)) % partitions;
    }

    private static Optional<Set<Integer>> partition(RollupKey key, int partitions) {
        return Optional.of(Set.of(partitionOf(key, partitions)));
    }
}
