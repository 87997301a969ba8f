package io.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device chose goes into details, and details go to headers, logs and terminals. */
class RejectionTest {
    private static String detail(String text) {
        return Rejection.ofMessage(RejectCode.MALFORMED, text).detail();
    }

    @Test
    void isCutAt200Characters() {
        assertThat(detail("x".repeat(200))).hasSize(200);
        assertThat(detail("x".repeat(201))).isEqualTo("x".repeat(200));
        assertThat(detail("")).isEmpty();
    }

    @Test
    void isNotCutWithinACharacter() {
        String whole = "x".repeat(198) + "\uD83D\uDE00";
        assertThat(detail(whole)).isEqualTo(whole);
        String cut = detail("x".repeat(199) + "\uD83D\uDE00");
        assertThat(cut).isEqualTo("x".repeat(199));
        assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(cut);
    }

    /** Line ends, escapes of terminals, and what turns the direction of a text or hides in it. */
    @ParameterizedTest
    @ValueSource(
            ints = {0, '\t', '\n', '\r', 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x200b, 0x202e, 0x2028, 0x2029, 0xfeff, 0xe0001})
    void controlCharactersAreReplaced(int point) {
        assertThat(detail("a" + Character.toString(point) + "b")).isEqualTo("a?b");
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(detail("a\uD83Db")).isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"temperature 812 Cel is above 125", "µ é € 😀 \"\\", "\u00a0"})
    void theRestStays(String text) {
        assertThat(detail(text)).isEqualTo(text);
    }
}
