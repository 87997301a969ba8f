package io.sluice.history;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes batches from the topic {@code rollups.history}; the next one when the database has this one, and only then are its
 * offsets committed. What waits meanwhile waits in Kafka.
 */
@ApplicationScoped
class HistoryIntake {
    private final HistoryWriter writer;
    private final HistoryCounters counters;
    private final HistoryLag lag;

    HistoryIntake(HistoryWriter writer, HistoryCounters counters, HistoryLag lag) {
        this.writer = writer;
        this.counters = counters;
        this.lag = lag;
    }

    @Incoming(HistoryChannel.NAME)
    Uni<Void> take(ConsumerRecords<byte[], byte[]> batch) {
        List<HistoryRow> rows = new ArrayList<>(batch.count());
        long oldest = Long.MAX_VALUE;
        for (ConsumerRecord<byte[], byte[]> message : batch) {
            oldest = Math.min(oldest, message.timestamp());
            try {
                rows.add(HistoryRow.of(message));
            } catch (RuntimeException e) {
                // Whatever is wrong with it, it would be wrong the next time too.
                counters.undecodable.increment();
                HistoryLog.tellOfUndecodable(message.partition(), message.offset(), e);
            }
        }
        lag.waiting(oldest);
        return writer.write(rows).invoke(() -> lag.waiting(0));
    }
}
