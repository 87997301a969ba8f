package io.sluice.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sim.firmware.Message;
import io.sluice.sim.pack.Encoding;
import io.sluice.sim.pack.Value;
import io.sluice.sim.signal.Kind;
import io.sluice.sim.signal.Personality;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineTest {
    private static final long WALL = 1_763_632_800_000L;

    private static Machine machine(Kind kind, Personality personality, double rate, int batch, boolean faults) {
        return new Machine("pump-01", kind, personality, Encoding.JSON, rate, batch, faults, 0, 42);
    }

    private static String text(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    @Test
    void keepsTheRateAndTheBatch() {
        Machine machine = machine(Kind.PUMP, Personality.ORDINARY, 50, 10, false);
        long readings = 0;
        long first = machine.dueMs();
        while (machine.dueMs() < first + 60_000) {
            Message message = machine.next(machine.dueMs(), WALL + machine.dueMs());
            assertThat(message.records()).isEqualTo(10);
            readings += message.records();
        }
        assertThat(readings).isBetween(2_990L, 3_010L);
        assertThat(machine.skipped()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsAllMetricsInTurnWithUnits(Kind kind) {
        String pack = text(machine(kind, Personality.NOISY, 5, 5, false).next(1_000, WALL));
        kind.metrics().forEach(metric -> {
            assertThat(pack).contains("\"n\":\"" + metric.name() + "\"");
            if (metric.unit() != null) {
                assertThat(pack).contains("\"u\":\"" + metric.unit() + "\"");
            }
        });
        assertThat(pack).startsWith("[{\"bn\":\"pump-01:\",\"bt\":17636327");
    }

    @Test
    void theSameSeedGivesTheSameReadings() {
        Machine one = machine(Kind.PRESS, Personality.NOISY, 5, 5, false);
        Machine other = machine(Kind.PRESS, Personality.NOISY, 5, 5, false);
        for (int i = 0; i < 100; i++) {
            long due = one.dueMs();
            assertThat(text(one.next(due, WALL + due))).isEqualTo(text(other.next(due, WALL + due)));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void soundValuesKeepToTheRangesOfTheProfile(Kind kind) {
        for (Personality personality : Personality.values()) {
            kind.metrics().forEach(metric -> {
                var signal = metric.model().apply(personality.unrest());
                var random = new Random(7);
                for (int second = 0; second < 20_000; second++) {
                    var value = signal.at(second, random);
                    if (value instanceof Value.Quantity quantity) {
                        assertThat(quantity.number())
                                .as(personality + " " + metric.name())
                                .isBetween(metric.least(), metric.greatest());
                    }
                }
            });
        }
    }

    @Test
    void whatItMissedWhileTheBufferWasFullIsCountedNotMadeUp() {
        Machine machine = machine(Kind.PUMP, Personality.ORDINARY, 5, 5, false);
        long due = machine.dueMs();
        machine.next(due + 10_000, WALL);
        assertThat(machine.skipped()).isEqualTo(10);
        assertThat(machine.dueMs()).isEqualTo(due + 11_000);
    }

    @Test
    void onlyTheTroubledSendRubbishAndOnlyWhenAsked() {
        assertThat(differences(Personality.TROUBLED, true)).isBetween(5, 200);
        assertThat(differences(Personality.STEADY, true)).isZero();
        assertThat(differences(Personality.TROUBLED, false)).isZero();
    }

    private static int differences(Personality personality, boolean faults) {
        Machine machine = machine(Kind.PUMP, personality, 5, 5, faults);
        int rubbish = 0;
        for (int i = 0; i < 2_000; i++) {
            String pack = text(machine.next(machine.dueMs(), WALL + machine.dueMs()));
            boolean whole = pack.endsWith("]");
            boolean sound = whole && !pack.matches(".*(9999999|\"lm\"|#ERR|\"t\":-?\\d{4,}|\"bt\":17(61|6364)).*");
            rubbish += sound ? 0 : 1;
        }
        return rubbish;
    }
}
