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
    private static final Filter EVERYTHING = Filter.all();

    private final Board board;
    private final LagMeter lag;
    private final LastSeen lastSeen;
    private final LongSupplier clock;
    private final String shortest;
    private final Filter wanted;
    private boolean live;

    /** @param shortest the window whose interim values tell how fast the way is; those of others are held back */
    RollupIntake(Board board, LagMeter lag, LastSeen lastSeen, LongSupplier clock, String shortest) {
        this(board, lag, lastSeen, clock, shortest, EVERYTHING);
    }

    private RollupIntake(
            Board board, LagMeter lag, LastSeen lastSeen, LongSupplier clock, String shortest, Filter wanted) {
        this.board = board;
        this.lag = lag;
        this.lastSeen = lastSeen;
        this.clock = clock;
        this.shortest = shortest;
        this.wanted = wanted;
    }

    /** Of what was taken before: for that filter alone, and no news to anybody else. */
    static RollupIntake again(Board board, Filter wanted) {
        return new RollupIntake(board, new LagMeter(), new LastSeen(1), () -> 0, "", wanted);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (wanted != EVERYTHING && !isWanted(record)) {
            return;
        }
        byte[] value = record.value();
        if (value == null) {
            remove(record);
            return;
        }
        RollupItem item = RollupJson.decode(value);
        String unit = item.unit() == null ? "" : item.unit();
        SeriesKey series = new SeriesKey(item.device(), item.group(), item.metric(), unit, item.window());
        if (isStale(series, item)) {
            return;
        }
        long arrived = Headers.number(record, RollupItem.ARRIVED, -1);
        // A final value comes a grace later than its readings; only interim ones tell how fast the way is.
        boolean news = live && !item.isFinal() && arrived >= 0 && item.window().equals(shortest);
        board.put(
                series,
                item.start(),
                item.isFinal(),
                value,
                record.partition(),
                record.offset(),
                record.timestamp(),
                news ? arrived : Item.NO_NEWS);
        if (arrived >= 0 && item.device() != null) {
            lastSeen.saw(item.device(), arrived);
        }
        if (news) {
            long now = clock.getAsLong();
            lag.record(now, now - arrived);
        }
    }

    /**
     * Whether it is an interim value of a process that had lost its partition and did not know: its readings are all in the
     * final value already. A window that is open again has more.
     */
    private boolean isStale(SeriesKey series, RollupItem item) {
        byte[] known = item.isFinal() ? null : board.finalValue(series, item.start());
        return known != null && item.count() <= RollupJson.decode(known).count();
    }

    /** By the key alone, which is shorter than the value. */
    private boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null || wanted.matches(series(RollupKey.fromBytes(record.key())));
    }

    private static SeriesKey series(RollupKey key) {
        boolean device = key.kind() == RollupKey.Kind.DEVICE;
        String unit = key.unit() == null ? "" : key.unit();
        return new SeriesKey(device ? key.id() : null, device ? null : key.id(), key.metric(), unit, key.window());
    }

    private void remove(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            throw new IllegalArgumentException("neither key nor value");
        }
        RollupKey key = RollupKey.fromBytes(record.key());
        board.remove(series(key), key.start());
    }

    @Override
    public void caughtUp() {
        live = true;
    }
}
