package io.sluice.rollup;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows one moment after the other through both stages, by what they have committed: how far the readings reached at
 * the moment; when the device stage has committed up to there, how far its additions reach; and when the group stage has
 * committed up to there, the moment is settled, and the next one is taken. A moment takes as many rounds as there are
 * stages that work, so {@link #settledUntil} is two to four rounds old.
 *
 * <p>Offsets that are committed, and not those of this process's own tasks: the readings of a group may be anybody's.
 *
 * <p>The additions' end is that of all records, committed or not: an offset's commit may show before that of the
 * records written with it.
 */
final class BrokerGroupTime implements GroupTime {
    private static final long PATIENCE_SECONDS = 10;

    private final String applicationId;
    private final String additions;
    private volatile long settledUntil = UNKNOWN;
    private boolean additionsExist;
    private @Nullable Map<Integer, InputEnd.Mark> readingsEnd;
    private @Nullable Map<Integer, InputEnd.Mark> additionsEnd;

    BrokerGroupTime(String applicationId) {
        this.applicationId = applicationId;
        this.additions = RollupTopology.additionsTopic(applicationId);
    }

    @Override
    public long settledUntil() {
        return settledUntil;
    }

    /**
     * One round; blocks until the answers are there, at most 30 s. Not for two threads at a time.
     *
     * @param newest where the readings end, asked for just now
     * @throws ExecutionException with Kafka's reason, as that the topic between the stages is not there yet
     */
    void ask(Admin admin, Map<Integer, InputEnd.Mark> newest)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (additionsEnd == null) {
            Map<Integer, InputEnd.Mark> waited = readingsEnd == null ? newest : readingsEnd;
            readingsEnd = waited;
            if (!isReached(RollupTopology.READINGS, waited, committed)) {
                return;
            }
            ensureAdditionsExist(admin);
            additionsEnd =
                    TopicEnds.ask(admin, additions, waited.size(), IsolationLevel.READ_UNCOMMITTED, askedAt(waited));
            readingsEnd = null;
        }
        if (isReached(additions, additionsEnd, committed)) {
            settledUntil = askedAt(additionsEnd);
            additionsEnd = null;
        }
    }

    /** Streams makes the topic at its first start; to ask for the ends of one that is missing fills the client's log. */
    private void ensureAdditionsExist(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        if (!additionsExist) {
            admin.describeTopics(List.of(additions)).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            additionsExist = true;
        }
    }

    private static boolean isReached(
            String topic, Map<Integer, InputEnd.Mark> end, Map<TopicPartition, OffsetAndMetadata> committed) {
        return end.entrySet().stream().allMatch(each -> {
            OffsetAndMetadata offset = committed.get(new TopicPartition(topic, each.getKey()));
            return each.getValue().isReachedBy(offset == null ? 0 : offset.offset());
        });
    }

    private static long askedAt(Map<Integer, InputEnd.Mark> marks) {
        return marks.values().iterator().next().askedAt();
    }
}
