package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(10);

    @Test
    void steadyNewsAreSentAsOftenAsTheRate() {
        int sent = 0;
        for (long beat = 1_000; beat < 61_000; beat += Pulse.BEAT_MILLIS) {
            // Beats are late by some milliseconds.
            long now = beat + beat / Pulse.BEAT_MILLIS % 7;
            if (pace.isDue(now)) {
                pace.sent(now);
                sent++;
            }
        }
        assertThat(sent).isBetween(595, 601);
    }

    @Test
    void newsAfterAPauseAreSentInTheNextBeatsAndNotInABurst() {
        pace.sent(1_000);
        pace.nothing(1_100);
        assertThat(pace.isDue(1_119)).isFalse();
        assertThat(pace.isDue(1_120)).isTrue();
        pace.sent(5_000);
        assertThat(pace.isDue(5_060)).isFalse();
        assertThat(pace.isDue(5_100)).isTrue();
    }

    @Test
    void thePartsOfASnapshotDoNotHoldUpWhatFollows() {
        for (int part = 0; part < 50; part++) {
            pace.sent(1_000 + part);
        }
        assertThat(pace.isDue(1_160)).isTrue();
    }
}
