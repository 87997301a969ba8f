package io.sluice.rollup;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where each partition of a topic begins and ends. */
final class TopicEnds {
    private static final long PATIENCE_SECONDS = 10;

    private TopicEnds() {}

    /**
     * Blocks until the answer is there, at most 20 s.
     *
     * @param askedAt what the marks are to say
     * @throws ExecutionException with Kafka's reason
     */
    static Map<Integer, InputEnd.Mark> ask(
            Admin admin, String topic, int partitions, IsolationLevel isolation, long askedAt)
            throws InterruptedException, ExecutionException, TimeoutException {
        // The beginning first: it only ever moves up, so it is never beyond what the later question sees.
        Map<TopicPartition, ListOffsetsResultInfo> begin =
                offsets(admin, topic, partitions, isolation, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> end =
                offsets(admin, topic, partitions, isolation, OffsetSpec.latest());
        Map<Integer, InputEnd.Mark> marks = new HashMap<>();
        end.forEach((partition, info) -> {
            long from = Objects.requireNonNull(begin.get(partition)).offset();
            marks.put(partition.partition(), new InputEnd.Mark(askedAt, from, info.offset()));
        });
        return marks;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, String topic, int partitions, IsolationLevel isolation, OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> question = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> spec));
        return admin.listOffsets(question, new ListOffsetsOptions(isolation))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
