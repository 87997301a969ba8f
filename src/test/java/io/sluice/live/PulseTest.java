package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {
    private long now = 10_001;
    private final Pulse pulse = new Pulse(() -> now, () -> {});

    @Test
    void beatsStandOnACommonGridAndAreNotMadeUpFor() {
        List<Long> early = new ArrayList<>();
        List<Long> late = new ArrayList<>();
        pulse.add(early::add, 4);
        now = 10_100;
        pulse.add(late::add, 4);
        run(10_249);
        assertThat(early).isEmpty();
        run(10_250);
        run(10_300);
        run(10_500);
        run(11_400);
        run(11_450);
        assertThat(early).containsExactly(10_250L, 10_500L, 11_400L);
        assertThat(late).isEqualTo(early);
    }

    @Test
    void everyRateBeatsAsOftenAsItsName() {
        for (int hz = 1; hz <= Pulse.MAX_HZ; hz++) {
            now = 10_000;
            List<Long> beats = new ArrayList<>();
            Pulse.Listener listener = beats::add;
            pulse.add(listener, hz);
            for (long t = 10_001; t <= 20_000; t++) {
                run(t);
            }
            assertThat(beats).as("%d Hz", hz).hasSize(10 * hz);
            pulse.remove(listener, hz);
        }
    }

    private void run(long time) {
        now = time;
        pulse.beat();
    }
}
