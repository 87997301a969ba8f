package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowerTest {
    @Test
    void anAbsentBrokerHoldsNoStopUp() {
        Board board = new Board(Channel.ROLLUPS, new BoardLimits(10, 10, 0, true, Long.MAX_VALUE));
        ClientSettings broker = new ClientSettings(Map.of("bootstrap.servers", "127.0.0.1:1"));
        Follower follower = new Follower("rollups", broker, StartPoint.last(Duration.ofHours(1)), board, record -> {});
        follower.start();
        long begun = System.nanoTime();
        follower.stop();
        follower.join(3_000);
        assertThat(follower.isAlive()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(board.isCaughtUp()).isFalse();
    }
}
