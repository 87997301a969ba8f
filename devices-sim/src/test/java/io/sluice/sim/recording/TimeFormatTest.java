package io.sluice.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    @ParameterizedTest
    @CsvSource({
        "2020-02-08 13:30:47, 2020-02-08T12:30:47Z",
        "2006-12-16T17:24:00, 2006-12-16T16:24:00Z",
        "2006-06-16T17:24, 2006-06-16T15:24:00Z",
        "2020-02-08T13:30:47.25, 2020-02-08T12:30:47.250Z",
        "2020-02-08T13:30:47Z, 2020-02-08T13:30:47Z",
        "2020-02-08 13:30:47-05:00, 2020-02-08T18:30:47Z",
        "1163438041250, 2006-11-13T17:14:01.250Z",
        "1163438041, 2006-11-13T17:14:01Z",
        "1163438041.25, 2006-11-13T17:14:01.250Z"
    })
    void isFoundOutByAnExample(String text, Instant expected) {
        assertThat(TimeFormat.detected(text, BRUSSELS).millis(text)).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void mayBeNamed() {
        assertThat(TimeFormat.named("epoch-ms", BRUSSELS).millis("5")).isEqualTo(5);
        assertThat(TimeFormat.named("dd.MM.yyyy HH:mm", BRUSSELS).millis("13.11.2006 18:14"))
                .isEqualTo(Instant.parse("2006-11-13T17:14:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2020-13-01 00:00:00", "NaN"})
    void saysWhatItCannotRead(String text) {
        for (String format : new String[] {"iso", "epoch-s", "epoch-ms", "yyyy"}) {
            assertThatThrownBy(() -> TimeFormat.named(format, BRUSSELS).millis(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }
}
