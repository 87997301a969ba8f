package io.sluice.rollup;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the broker where each partition of the readings begins and ends, whenever {@link #ask} is called. */
final class BrokerInputEnd implements InputEnd {
    private static final long PATIENCE_SECONDS = 10;

    private final Map<Integer, Mark> marks = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    BrokerInputEnd(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable Mark of(int partition) {
        return marks.get(partition);
    }

    /**
     * Blocks until the answer is there, at most 20 s. Without one the marks stay as they are.
     *
     * @throws ExecutionException with Kafka's reason
     */
    void ask(Admin admin, int partitions) throws InterruptedException, ExecutionException, TimeoutException {
        // The beginning first: it only ever moves up, so it is never beyond what the later question sees.
        Map<TopicPartition, ListOffsetsResultInfo> begin = offsets(admin, partitions, OffsetSpec.earliest());
        long askedAt = clock.getAsLong();
        Map<TopicPartition, ListOffsetsResultInfo> end = offsets(admin, partitions, OffsetSpec.latest());
        end.forEach((partition, info) -> {
            long from = Objects.requireNonNull(begin.get(partition)).offset();
            marks.put(partition.partition(), new Mark(askedAt, from, info.offset()));
        });
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(Admin admin, int partitions, OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> question = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(RollupTopology.READINGS, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> spec));
        return admin.listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
