package io.sluice.history;

import static io.sluice.history.Rollups.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.platform.ProblemException;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupKey;
import io.sluice.rollup.Window;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryAnswerTest {
    private static final Window STORED = Window.parse("1m");
    /** A full hour. */
    private static final long T0 = 1_763_632_800_000L;

    private static HistoryQuery query(long to, Resolution resolution, int limit) {
        return new HistoryQuery(
                RollupKey.Kind.DEVICE,
                "pump-7",
                "t",
                STORED,
                T0,
                to,
                resolution,
                new PagePosition(T0, to, T0, ""),
                limit);
    }

    private static RollupItem minute(int minute) {
        return Rollups.of("pump-7", "t", T0 + minute * MINUTE, 10, minute);
    }

    @ParameterizedTest
    @CsvSource({
        // from and to in seconds after T0; points; window, its first start in seconds after T0
        "0, 3600, 60, 1m, 0",
        "0, 3600, 1000, 1m, 0",
        "0, 3600, 59, 2m, 0",
        "0, 3600, 7, 9m, 0",
        "0, 3600, 1, 1h, 0",
        "1, 3600, 59, 1m, 60",
        "-90, 30, 1, 2m, -60",
        "0, 604800, 500, 21m, 0",
        "0, 1, 1, 1m, 0",
        "1, 2, 10, 1m, 60",
    })
    void theFinestResolutionWithSoManyPointsBeginsWhereTheRangeDoes(
            long from, long to, int points, String window, long origin) {
        Resolution resolution = Resolution.of(STORED, T0 + from * 1_000, T0 + to * 1_000, points);
        assertThat(resolution.window().name()).isEqualTo(window);
        assertThat(resolution.origin()).isEqualTo(T0 + origin * 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_125})
    void neverMorePointsThanAskedFor(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            long from = random.nextInt(1_000_000_000);
            long to = from + 1 + random.nextInt(1_000_000_000);
            int points = 1 + random.nextInt(1_000);
            Resolution resolution = Resolution.of(STORED, from, to, points);
            long first = (from + MINUTE - 1) / MINUTE * MINUTE;
            long last = (to - 1) / MINUTE * MINUTE;
            if (first <= last) {
                long windows = (resolution.startOf(last) - resolution.startOf(first))
                                / resolution.window().length()
                        + 1;
                assertThat(windows).isBetween(1L, (long) points);
                assertThat(resolution.startOf(first)).isEqualTo(first);
            }
        }
    }

    @Test
    void mergesRowsIntoWindowsAndOnlyThoseThatAreOverAreFinal() {
        long to = T0 + 4 * MINUTE;
        HistoryAnswer answer = new HistoryAnswer(query(to, Resolution.of(STORED, T0, to, 2), 10), T0 + 3 * MINUTE);
        for (int minute : new int[] {0, 1, 3}) {
            assertThat(answer.take(minute(minute), null)).isTrue();
        }
        answer.end();
        assertThat(answer.items()).extracting(RollupItem::start).containsExactly(T0, T0 + 2 * MINUTE);
        assertThat(answer.items()).extracting(RollupItem::count).containsExactly(20L, 10L);
        assertThat(answer.items()).extracting(RollupItem::isFinal).containsExactly(true, false);
        assertThat(answer.next()).isNull();
    }

    @Test
    void atItsLimitItSaysWhereToGoOn() {
        long to = T0 + 9 * MINUTE;
        HistoryAnswer answer = new HistoryAnswer(query(to, Resolution.asStored(STORED), 2), to);
        assertThat(answer.take(minute(0), null)).isTrue();
        assertThat(answer.take(minute(4), null)).isTrue();
        assertThat(answer.take(minute(7), null)).isFalse();
        assertThat(answer.items()).hasSize(2);
        assertThat(PagePosition.parse(answer.next())).isEqualTo(new PagePosition(T0, to, T0 + 7 * MINUTE, "Cel"));
    }

    @Test
    void beyondItsRowsTheOpenWindowGoesToTheNextPage() {
        long to = T0 + 4 * MINUTE;
        HistoryAnswer answer = new HistoryAnswer(query(to, Resolution.of(STORED, T0, to, 2), 10), to);
        for (int minute = 0; minute < 3; minute++) {
            answer.take(minute(minute), null);
        }
        answer.cut(3);
        assertThat(answer.items()).extracting(RollupItem::start).containsExactly(T0);
        assertThat(PagePosition.parse(answer.next()).start()).isEqualTo(T0 + 2 * MINUTE);
    }

    @Test
    void oneWindowOfMoreRowsThanAllowedIsRefused() {
        long to = T0 + 4 * MINUTE;
        HistoryAnswer answer = new HistoryAnswer(query(to, Resolution.of(STORED, T0, to, 1), 10), to);
        answer.take(minute(0), null);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> answer.cut(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "MSAyIDM", "MSAyIDMg", "OSA5IDkgQ2Vs", "LTEgNSAyIA", "????"})
    void refusesOtherPositions(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> PagePosition.parse(text));
    }
}
