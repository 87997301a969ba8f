package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RollupIntakeTest {
    private static final SeriesKey SERIES = new SeriesKey("pump-7", null, "t", "Cel", "10s");

    private final Board board = BoardFixture.rollups().board;
    private final LagMeter lag = new LagMeter();
    private final RollupIntake intake = new RollupIntake(board, lag, new LastSeen(10), () -> 5_000, "1s");
    private long offset;

    private void take(String window, long count, boolean isFinal) {
        RollupItem item =
                new RollupItem("pump-7", null, "t", "Cel", window, 0, count, 1, 1, 1, 0, 1, null, 1, 1, 1, isFinal);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("rollups", 0, offset++, new byte[0], RollupJson.encode(item));
        record.headers().add(RollupItem.ARRIVED, "4000".getBytes(StandardCharsets.US_ASCII));
        intake.take(record);
    }

    private byte[] finalValue() {
        return board.finalValue(SERIES, 0);
    }

    @Test
    void anInterimValueReplacesAFinalOneOnlyIfItHasMore() {
        take("10s", 3, false);
        assertThat(finalValue()).isNull();
        take("10s", 7, true);
        take("10s", 6, false);
        take("10s", 7, false);
        assertThat(finalValue()).isNotNull();
        take("10s", 8, false);
        assertThat(finalValue()).isNull();
        take("10s", 8, true);
        assertThat(RollupJson.decode(finalValue()).count()).isEqualTo(8);
    }

    @Test
    void onlyTheShortestWindowTellsHowLongTheWayIs() {
        intake.caughtUp();
        take("10s", 1, false);
        assertThat(lag.p95(5_000)).isZero();
        take("1s", 1, false);
        assertThat(lag.p95(5_000)).isCloseTo(1_000, withPercentage(20));
    }
}
