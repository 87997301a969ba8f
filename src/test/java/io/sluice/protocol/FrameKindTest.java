package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control or data, and which error a control frame gets (device protocol section 2). */
class FrameKindTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"{}\"|UNKNOWN",
                "\" {'result':{}}\"|UNKNOWN",
                "\"{\"|MALFORMED",
                "\"{'a':1,'a':2}\"|MALFORMED",
                "\"{} x\"|MALFORMED",
                "\"{'a':[1,}\"|MALFORMED",
                "\"\"|DATA",
                "\"  \"|DATA",
                "\"[]\"|DATA",
                "\"7\"|DATA",
                "\"nonsense\"|DATA"
            })
    void tellsJson(String message, String expected) {
        check(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8), true, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a0|UNKNOWN",
                "a16161f6|UNKNOWN",
                "bfff|UNKNOWN",
                "bf6161ff|MALFORMED",
                "d9d9f7a0|UNKNOWN",
                "c0c0a0|UNKNOWN",
                "a1|MALFORMED",
                "a0a0|MALFORMED",
                "a1616100ff|MALFORMED",
                "bb7fffffffffffffff|MALFORMED",
                "bbffffffffffffffff|MALFORMED",
                "a17f00ff00|MALFORMED",
                "a161ff00|MALFORMED",
                "bc|MALFORMED",
                "80|DATA",
                "d9d9f780|DATA",
                "d9|DATA",
                "ff|DATA",
                "\"\"|DATA"
            })
    void tellsCbor(String hex, String expected) {
        check(HexFormat.of().parseHex(hex.replace("\"", "")), false, expected);
    }

    private static void check(byte[] message, boolean text, String expected) {
        if (expected.equals("DATA")) {
            assertThat(FrameKind.of(message, text)).isEqualTo(FrameKind.DATA);
        } else {
            assertThat(FrameKind.of(message, text)).isEqualTo(FrameKind.CONTROL);
            assertThat(ControlFrame.judge(message, text)).isEqualTo(ControlFrame.valueOf(expected));
        }
    }
}
