package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ingest.Heartbeat.Beat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Second by second, on a clock of its own (device protocol section 5). */
class HeartbeatTest {
    private static final long SECOND = 1_000_000_000L;
    /** A nanosecond clock may stand anywhere; here it overflows within the test. */
    private long now = Long.MAX_VALUE - 70 * SECOND;

    private long heard = now;
    private boolean reading = true;
    private boolean writable = true;
    private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(60), now);

    /** After so many seconds, each looked at; the last beat. */
    private Beat pass(int seconds) {
        Beat beat = Beat.NOTHING;
        for (int i = 0; i < seconds; i++) {
            beat = second();
        }
        return beat;
    }

    private Beat second() {
        now += SECOND;
        return heartbeat.beat(now, heard, reading, writable);
    }

    @Test
    void pingsEvery25SecondsOrUpToAFifthSooner() {
        List<Integer> gaps = new ArrayList<>();
        int since = 0;
        for (int i = 0; i < 5_000; i++) {
            heard = now;
            since++;
            if (second() == Beat.PING) {
                gaps.add(since);
                since = 0;
            }
        }
        assertThat(gaps)
                .hasSizeGreaterThan(190)
                .allSatisfy(gap -> assertThat(gap).isBetween(20, 25));
        assertThat(gaps.stream().distinct()).as("spread").hasSizeGreaterThan(3);
    }

    @Test
    void silenceOf60SecondsIsTheEnd() {
        assertThat(pass(60)).isNotEqualTo(Beat.SILENT);
        assertThat(second()).isEqualTo(Beat.SILENT);
    }

    @Test
    void whateverIsHeardCountsAsAPongDoes() {
        for (int i = 0; i < 10; i++) {
            assertThat(pass(59)).isNotEqualTo(Beat.SILENT);
            heard = now;
        }
        assertThat(pass(60)).isNotEqualTo(Beat.SILENT);
        assertThat(second()).isEqualTo(Beat.SILENT);
    }

    @Test
    void theClockStandsStillWhileTheServerDoesNotRead() {
        pass(50);
        reading = false;
        for (int i = 0; i < 600; i++) {
            assertThat(second()).isNotIn(Beat.SILENT, Beat.STUCK);
        }
        reading = true;
        assertThat(pass(60)).isNotEqualTo(Beat.SILENT);
        assertThat(second()).isEqualTo(Beat.SILENT);
    }

    @Test
    void pingsGoOnWhileTheServerDoesNotReadSoThatADeadPeerFails() {
        reading = false;
        boolean pinged = false;
        for (int i = 0; i < 25; i++) {
            pinged |= second() == Beat.PING;
        }
        assertThat(pinged).isTrue();
    }

    @Test
    void aPeerThatTakesNothingForAsLongIsGivenUp() {
        writable = false;
        for (int i = 0; i < 61; i++) {
            assertThat(second()).isEqualTo(Beat.NOTHING);
        }
        assertThat(second()).isEqualTo(Beat.STUCK);
    }

    @Test
    void aPeerThatTakesSomethingNowAndThenIsNotGivenUpAndItsSilenceBeginsAnew() {
        for (int i = 0; i < 5; i++) {
            writable = false;
            assertThat(pass(59)).isEqualTo(Beat.NOTHING);
            writable = true;
            assertThat(second()).isNotIn(Beat.SILENT, Beat.STUCK);
        }
        assertThat(pass(59)).isNotEqualTo(Beat.SILENT);
        assertThat(pass(2)).isEqualTo(Beat.SILENT);
    }
}
