package io.sluice.rollup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** Asks the broker where each partition of the readings begins and ends, whenever {@link #ask} is called. */
final class BrokerInputEnd implements InputEnd {
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
     * @return the new marks, by partition
     * @throws ExecutionException with Kafka's reason
     */
    Map<Integer, Mark> ask(Admin admin, int partitions)
            throws InterruptedException, ExecutionException, TimeoutException {
        // The time before the question: nothing that was appended by then is beyond the end that comes back.
        long askedAt = clock.getAsLong();
        Map<Integer, Mark> answer =
                TopicEnds.ask(admin, RollupTopology.READINGS, partitions, IsolationLevel.READ_COMMITTED, askedAt);
        marks.putAll(answer);
        return answer;
    }
}
