package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DepartedTest {
    private static final long NOW = 1_000_000;
    private final Departed departed = new Departed();

    @Test
    void isShownForAWhileAndThenGone() {
        departed.left("pump-7", NOW);
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS - 1)).isEmpty();
        assertThat(departed.isGone("pump-7")).isFalse();
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS)).containsExactly("pump-7");
        assertThat(departed.isGone("pump-7")).isTrue();
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS)).isEmpty();
        assertThat(departed.isGone("pump-8")).isFalse();
    }

    @Test
    void whoeverReturnsIsShown() {
        departed.left("pump-7", NOW);
        departed.returned("pump-7");
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS)).isEmpty();
        departed.left("pump-8", NOW);
        departed.takeLeave(NOW + Departed.SHOWN_MS);
        departed.returned("pump-8");
        assertThat(departed.isGone("pump-8")).isFalse();
    }

    @Test
    void isBounded() {
        for (int i = 0; i <= 10_000; i++) {
            departed.left("pump-" + i, NOW);
        }
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS)).hasSize(10_000).doesNotContain("pump-0");
    }

    @Test
    void leavesOutWhatComesOfThoseThatAreGone() {
        List<String> taken = new ArrayList<>();
        Intake intake = new WithoutDeparted(
                record -> taken.add(new String(record.key(), StandardCharsets.UTF_8)),
                WithoutDeparted.Owner.KEY,
                departed);
        departed.left("pump-7", NOW);
        intake.take(record("pump-7"));
        departed.takeLeave(NOW + Departed.SHOWN_MS);
        intake.take(record("pump-7"));
        intake.take(record("pump-8"));
        assertThat(taken).containsExactly("pump-7", "pump-8");
    }

    private static ConsumerRecord<byte[], byte[]> record(String key) {
        return new ConsumerRecord<>("presence", 0, 0, key.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }
}
