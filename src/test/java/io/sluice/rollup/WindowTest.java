package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
    @ParameterizedTest
    @CsvSource({"1s,1000", "10s,10000", "1m,60000", "15m,900000", "1h,3600000"})
    void readsItsLengthFromItsName(String name, long length) {
        assertThat(Window.parse(name)).isEqualTo(new Window(name, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "0s", "01s", "-1s", "1", "1ms", "1S", "1 s", "1d", "9999999s"})
    void refusesOtherNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Window.parse(name));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "9999,0", "10000,10000", "-1,-10000", "-10000,-10000", "-10001,-20000"})
    void startsAtMultiplesOfItsLengthBefore1970Too(long time, long start) {
        assertThat(Window.parse("10s").startOf(time)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "1763632800.123,1763632800123",
        "1763632800.9999,1763632800999",
        "1763632801.0,1763632801000",
        "0.3,300",
        "-0.001,-1",
        "-0.0001,-1"
    })
    void anEventTimeFallsIntoTheMillisecondThatItsDecimalDigitsSay(double seconds, long millis) {
        assertThat(EventTime.millis(EventTime.micros(seconds))).isEqualTo(millis);
    }

    @Test
    void endsWhereTheNextOneBegins() {
        Window window = Window.parse("1m");
        assertThat(window.endOf(window.startOf(61_000))).isEqualTo(120_000);
    }
}
