package io.sluice.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Where a follower that knows nothing begins to read. */
interface StartPoint {
    Map<TopicPartition, Long> offsets(Consumer<?, ?> consumer, Collection<TopicPartition> partitions);

    /** Everything that Kafka has. */
    static StartPoint beginning() {
        return Consumer::beginningOffsets;
    }

    /** What was written in so much time. */
    static StartPoint last(Duration time) {
        return (consumer, partitions) -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long from = System.currentTimeMillis() - time.toMillis();
            Map<TopicPartition, OffsetAndTimestamp> found =
                    consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(p -> p, p -> from)));
            return partitions.stream().collect(Collectors.toMap(p -> p, p -> {
                OffsetAndTimestamp first = found.get(p);
                return first == null ? ends.getOrDefault(p, 0L) : first.offset();
            }));
        };
    }

    /** So many of the newest records of each partition. */
    static StartPoint newest(int records) {
        return (consumer, partitions) -> {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            return consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            end -> Math.max(begins.getOrDefault(end.getKey(), 0L), end.getValue() - records)));
        };
    }
}
