package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeduplicationTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final Deduplication seen = new Deduplication();

    private boolean isNew(String epoch, long number) {
        return seen.isNew(epoch, number, 0, false);
    }

    @Test
    void eachNumberOfAnEpochIsNewOnce() {
        assertThat(isNew("a", 1)).isTrue();
        assertThat(isNew("a", 1)).isFalse();
        assertThat(isNew("a", 3)).isTrue();
        assertThat(isNew("a", 2)).isTrue();
        assertThat(isNew("a", 2)).isFalse();
        assertThat(isNew("b", 2)).isTrue();
    }

    @Test
    void aNumberBelowTheSpanIsADuplicate() {
        isNew("a", 10_000);
        assertThat(isNew("a", 10_000 - 4_097)).isFalse();
        assertThat(isNew("a", 10_000 - 4_096)).isTrue();
        assertThat(isNew("a", 10_000 - 4_096)).isFalse();
    }

    @Test
    void aGreatJumpForgetsWhatIsBelowTheSpanOnly() {
        isNew("a", 1);
        isNew("a", 1L << 53);
        assertThat(isNew("a", (1L << 53) - 1)).isTrue();
        assertThat(isNew("a", 1)).isFalse();
    }

    @Test
    void theNewestEightEpochsAreRemembered() {
        for (int epoch = 1; epoch <= 8; epoch++) {
            isNew("e" + epoch, 1);
        }
        assertThat(isNew("e1", 1)).as("used again, so it is the newest").isFalse();
        isNew("e9", 1);
        assertThat(seen.epochs()).isEqualTo(8);
        assertThat(isNew("e1", 1)).isFalse();
        assertThat(isNew("e2", 1)).as("pushed out").isTrue();
    }

    @Test
    void epochsThatTheServerMadeGiveWayFirst() {
        isNew("own", 7);
        for (int request = 0; request < 100; request++) {
            seen.isNew("made" + request, 1, 0, true);
        }
        assertThat(isNew("own", 7)).isFalse();
    }

    @Test
    void anEpochLivesEightDaysAfterItsLastUseAndOneOfTheServersAnHour() {
        seen.isNew("own", 1, 0, false);
        seen.isNew("made", 1, 0, true);
        assertThat(seen.isNew("made", 1, HOUR - 1, true)).isFalse();
        assertThat(seen.isNew("made", 1, 2 * HOUR - 2, true)).isFalse();
        assertThat(seen.isNew("made", 1, 3 * HOUR, true)).isTrue();
        assertThat(seen.isNew("own", 1, 8 * DAY - 1, false)).isFalse();
        assertThat(seen.isNew("own", 1, 16 * DAY - 2, false)).isFalse();
        assertThat(seen.isNew("own", 1, 24 * DAY, false)).isTrue();
    }

    @Test
    void anEpochOfTheServersThatTheDeviceComesBackWithIsTheDevicesOwn() {
        seen.isNew("made", 1, 0, true);
        seen.isNew("made", 2, 1, false);
        assertThat(seen.isNew("made", 1, DAY, false)).isFalse();
    }

    @Test
    void aDeviceThatNumbersWithoutGapsTakesFewBytes() {
        for (int number = 1; number <= 10_000; number++) {
            isNew("a", number);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Deduplication.maxBytes());
        seen.write(bytes);
        assertThat(bytes.position()).isLessThan(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_120})
    void agreesWithAPlainSetAlsoAfterBeingWrittenAndRead(long seed) {
        Random random = new Random(seed);
        SeenNumbers numbers = new SeenNumbers(1);
        Set<Long> plain = new HashSet<>(Set.of(1L));
        long highest = 1;
        ByteBuffer bytes = ByteBuffer.allocate(SeenNumbers.MAX_BYTES);
        for (int i = 0; i < 30_000; i++) {
            long number = Math.max(1, highest + step(random));
            boolean expected = highest - number <= SeenNumbers.SPAN && plain.add(number);
            assertThat(numbers.add(number))
                    .as("number %d below %d", number, highest)
                    .isEqualTo(expected);
            highest = Math.max(highest, number);
            if (i % 500 == 0) {
                bytes.clear();
                numbers.write(bytes);
                bytes.flip();
                numbers = SeenNumbers.read(bytes);
                assertThat(bytes.hasRemaining()).isFalse();
            }
        }
    }

    private static long step(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> -random.nextInt(6_000);
            case 1 -> -random.nextInt(30);
            case 2 -> random.nextInt(20);
            case 3 -> random.nextInt(200) == 0 ? random.nextInt(9_000) : 2;
            default -> 1;
        };
    }
}
