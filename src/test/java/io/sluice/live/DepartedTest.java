package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rollup.RollupKey;
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
    void isBoundedAndLosesNobody() {
        for (int i = 0; i < 10_003; i++) {
            departed.left("pump-" + i, NOW);
        }
        departed.returned("pump-1");
        assertThat(departed.takeLeave(NOW)).containsExactly("pump-0", "pump-2");
        assertThat(departed.isGone("pump-0")).isFalse();
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS))
                .hasSize(10_000)
                .startsWith("pump-3")
                .endsWith("pump-10002");
        departed.left("pump-0", NOW + Departed.SHOWN_MS);
        assertThat(departed.takeLeave(NOW + Departed.SHOWN_MS)).isEmpty();
        assertThat(departed.isGone("pump-3")).isFalse();
        assertThat(departed.isGone("pump-4")).isTrue();
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

    @Test
    void aGroupOfTheSameNameIsShown() {
        List<String> taken = new ArrayList<>();
        Intake intake = new WithoutDeparted(
                record -> taken.add(RollupKey.fromBytes(record.key()).kind().word()),
                WithoutDeparted.Owner.ROLLUP,
                departed);
        departed.left("line-3", NOW);
        departed.takeLeave(NOW + Departed.SHOWN_MS);
        for (RollupKey.Kind kind : RollupKey.Kind.values()) {
            byte[] key = new RollupKey(kind, "line-3", "temperature", null, "1s", NOW).toBytes();
            intake.take(new ConsumerRecord<>("rollups", 0, 0, key, new byte[0]));
        }
        assertThat(taken).containsExactly("group");
    }

    @Test
    void noKeyIsReadWhileNobodyHasDeparted() {
        List<String> read = new ArrayList<>();
        WithoutDeparted.Owner owner = key -> {
            read.add(new String(key, StandardCharsets.UTF_8));
            return null;
        };
        Intake intake = new WithoutDeparted(record -> {}, owner, departed);
        intake.take(record("pump-7"));
        departed.left("pump-8", NOW);
        intake.take(record("pump-9"));
        assertThat(read).containsExactly("pump-9");
    }

    private static ConsumerRecord<byte[], byte[]> record(String key) {
        return new ConsumerRecord<>("presence", 0, 0, key.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }
}
