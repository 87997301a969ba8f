package io.sluice.rollup;

import static io.sluice.rollup.RollupRig.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading {@code readings} again from the beginning, long after, gives the same final values. */
class ReplayTest {
    private static final int DEVICES = 5;

    @TempDir
    Path state;

    /** Times in ms after the rig's beginning. */
    private record Message(String device, @Nullable String group, long arrival, String number, String pack) {}

    /** Devices in time, ahead and hours behind; disorder, silence, late readings, repeated messages, moves of group. */
    private static List<Message> log(Random random) {
        List<Message> log = new ArrayList<>();
        long[] clock = {0, 0, 150_000, -3 * 3_600_000, -40_000};
        int[] numbers = new int[DEVICES];
        String[] groups = {"left", "left", "right", "right", null};
        long arrival = 0;
        for (int i = 0; i < 800; i++) {
            arrival += random.nextInt(40) == 0 ? 15_000 + random.nextInt(30_000) : random.nextInt(500);
            int device = random.nextInt(DEVICES);
            if (random.nextInt(100) == 0) {
                groups[device] = random.nextBoolean() ? "left" : "right";
            }
            clock[device] += random.nextInt(2_000);
            List<String> lines = new ArrayList<>();
            for (int r = 0; r <= random.nextInt(3); r++) {
                long back = random.nextInt(12) == 0 ? random.nextInt(40_000) : random.nextInt(2_000);
                lines.add(line("m" + r, "NUMBER", clock[device] - back, Double.toString(random.nextGaussian())));
            }
            boolean repeats = random.nextInt(15) == 0 && numbers[device] > 2;
            int number = repeats ? numbers[device] - random.nextInt(2) : ++numbers[device];
            log.add(new Message(
                    "d" + device, groups[device], arrival, Integer.toString(number), String.join("\n", lines)));
        }
        return log;
    }

    private static void send(RollupRig rig, Message message) {
        rig.belongs(message.device(), message.group());
        rig.send(message.device(), message.arrival(), "e", message.number(), message.pack());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 20_261_125})
    void theFinalsAreTheSame(long seed) {
        List<Message> log = log(new Random(seed));
        long length = log.get(log.size() - 1).arrival() + 1_000_000;
        Map<String, RollupItem> first;
        try (RollupRig live = new RollupRig(state.resolve("live"))) {
            long passed = 0;
            for (Message message : log) {
                Duration until = Duration.ofMillis(message.arrival() - passed);
                live.pass(until);
                passed += until.toSeconds() * 1_000;
                send(live, message);
            }
            live.pass(Duration.ofMillis(length - passed));
            first = live.finals();
            assertThat(live.counters.late.sum()).isPositive();
            assertThat(live.counters.duplicates.sum()).isPositive();
        }
        try (RollupRig again = new RollupRig(state.resolve("again"))) {
            again.pass(Duration.ofDays(1));
            again.unread(log.size());
            for (int i = 0; i < log.size(); i++) {
                if (i % 50 == 0) {
                    again.pass(Duration.ofSeconds(1));
                }
                again.unread(log.size() - i - 1);
                send(again, log.get(i));
            }
            again.pass(Duration.ofSeconds(5));
            Map<String, RollupItem> second = again.finals();
            assertThat(second.keySet()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(first.keySet());
            first.forEach((name, item) ->
                    assertThat(second.get(name)).as("seed %d", seed).isEqualTo(item));
        }
        assertThat(first.keySet()).anyMatch(name -> name.startsWith("left")).anyMatch(name -> name.startsWith("d4"));
    }
}
