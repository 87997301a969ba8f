package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.live.ClientFrame.Ping;
import io.sluice.live.ClientFrame.Refused;
import io.sluice.live.ClientFrame.Subscribe;
import io.sluice.live.ClientFrame.Unsubscribe;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFrameParserTest {
    private final ClientFrameParser parser = new ClientFrameParser(16_384, 1_000, List.of("1s", "10s"));

    @Test
    void readsTheFrameOfTheSpecification() {
        ClientFrame frame = parser.parse(
                "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"devices\":[\"pump-7\"],\"groups\":[\"line-3\"],"
                        + "\"metrics\":[\"temperature\"],\"window\":\"1s\",\"mode\":\"all\",\"maxHz\":10,\"since\":\"x\"}}");
        assertThat(frame)
                .isEqualTo(new Subscribe(
                        1,
                        Channel.ROLLUPS,
                        new Filter(Set.of("pump-7"), Set.of("line-3"), Set.of("temperature"), "1s"),
                        Mode.ALL,
                        10,
                        "x"));
    }

    @Test
    void fillsInWhatIsAbsent() {
        assertThat(parser.parse("{\"subscribe\":{\"id\":0,\"channel\":\"devices\",\"window\":\"weird\"}}"))
                .isEqualTo(new Subscribe(0, Channel.DEVICES, Filter.all(), Mode.LATEST, 4, null));
        assertThat(parser.parse("{\"unsubscribe\":{\"id\":9}}")).isEqualTo(new Unsubscribe(9));
        assertThat(parser.parse("{\"ping\":{}}")).isEqualTo(new Ping());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bad-frame       | - | ",
                "bad-frame       | - | x",
                "bad-frame       | - | []",
                "bad-frame       | - | {}",
                "bad-frame       | - | {\"ping\":{}} {}",
                "bad-frame       | - | {\"ping\":{},\"ping\":{}}",
                "bad-frame       | - | {\"ping\":1}",
                "bad-frame       | - | {\"shout\":{\"id\":1}}",
                "bad-frame       | - | {\"subscribe\":{\"channel\":\"rollups\"}}",
                "bad-frame       | - | {\"subscribe\":{\"id\":-1,\"channel\":\"rollups\"}}",
                "bad-frame       | - | {\"subscribe\":{\"id\":1.5,\"channel\":\"rollups\"}}",
                "bad-frame       | - | {\"subscribe\":{\"id\":9007199254740992,\"channel\":\"rollups\"}}",
                "bad-frame       | - | {\"subscribe\":{\"id\":[[[[[[[[[[1]]]]]]]]]]}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"device\":[\"a\"]}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"devices\":\"a\"}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"devices\":[1]}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"maxHz\":0}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"maxHz\":21}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"mode\":\"some\"}}",
                "bad-frame       | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"since\":5}}",
                "unknown-channel | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"alarms\"}}",
                "unknown-window  | 1 | {\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"window\":\"2s\"}}",
            })
    void refusesWithTheCode(String code, String id, String frame) {
        ClientFrame parsed = parser.parse(frame == null ? "" : frame);
        assertThat(parsed).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code().wireName()).isEqualTo(code);
            assertThat(refused.id()).isEqualTo(id.equals("-") ? null : Long.valueOf(id));
        });
    }

    @Test
    void refusesTooManyNamesAndTooLongFrames() {
        String names = IntStream.range(0, 1_001).mapToObj(i -> "\"d" + i + "\"").collect(Collectors.joining(","));
        assertThat(parser.parse("{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"devices\":[" + names + "]}}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY));
        assertThat(parser.parse("{\"ping\":{}}" + " ".repeat(16_384)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_FRAME));
    }
}
