package io.sluice.live;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Topic {@code rollups}: a record's value is an item as browsers get it, so it is kept as it came and never written anew.
 */
final class RollupIntake implements Intake {
    private final Board board;
    private final LagMeter lag;
    private final LastSeen lastSeen;
    private final LongSupplier clock;
    private boolean live;

    RollupIntake(Board board, LagMeter lag, LastSeen lastSeen, LongSupplier clock) {
        this.board = board;
        this.lag = lag;
        this.lastSeen = lastSeen;
        this.clock = clock;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            remove(record);
            return;
        }
        RollupItem item = RollupJson.decode(value);
        String unit = item.unit() == null ? "" : item.unit();
        board.put(
                new SeriesKey(item.device(), item.group(), item.metric(), unit, item.window()),
                item.start(),
                item.isFinal(),
                value,
                record.partition(),
                record.offset(),
                record.timestamp());
        long arrived = Headers.number(record, "arrived", -1);
        if (arrived >= 0) {
            if (item.device() != null) {
                lastSeen.saw(item.device(), arrived);
            }
            // A final value comes a grace later than its readings; only interim ones tell how fast the way is.
            if (live && !item.isFinal()) {
                long now = clock.getAsLong();
                lag.record(now, now - arrived);
            }
        }
    }

    private void remove(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            throw new IllegalArgumentException("neither key nor value");
        }
        RollupKey key = RollupKey.fromBytes(record.key());
        boolean device = key.kind() == RollupKey.Kind.DEVICE;
        String unit = key.unit() == null ? "" : key.unit();
        board.remove(
                new SeriesKey(device ? key.id() : null, device ? null : key.id(), key.metric(), unit, key.window()),
                key.start());
    }

    @Override
    public void caughtUp() {
        live = true;
    }
}
