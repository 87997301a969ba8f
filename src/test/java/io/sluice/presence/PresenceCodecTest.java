package io.sluice.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresenceCodecTest {
    static Stream<PresenceRecord> records() {
        return Stream.of(
                new PresenceRecord.Connected("pump-7", "line-3", "s", "i", 1_763_632_800_000L),
                new PresenceRecord.Connected("pump-7", null, "s", "i", 0),
                new PresenceRecord.Remains("pump-7", "line-3", "s", "i", 1_763_632_800_000L),
                new PresenceRecord.Disconnected("pump-7", "line-3", "s", "i", 1, 4408),
                new PresenceRecord.Repeats("pump-7", 12, 3, 1_763_632_800_000L),
                new PresenceRecord.Late("pump-7", 5, 1_763_632_800_000L),
                new PresenceRecord.Lease("i", 1_763_632_800_000L));
    }

    @ParameterizedTest
    @MethodSource("records")
    void readsWhatItWrites(PresenceRecord record) {
        assertThat(PresenceCodec.decode(PresenceCodec.encode(record))).isEqualTo(record);
    }

    @Test
    void isTheWireForm() {
        assertThat(new String(
                        PresenceCodec.encode(new PresenceRecord.Disconnected("d", "g", "s", "i", 5, 1000)),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"device\":\"d\",\"connected\":false,\"since\":5,\"group\":\"g\",\"session\":\"s\","
                        + "\"instance\":\"i\",\"closeCode\":1000}");
        PresenceRecord.Repeats repeats = new PresenceRecord.Repeats("d", 12, 3, 5);
        assertThat(new String(PresenceCodec.encode(repeats), StandardCharsets.UTF_8))
                .isEqualTo("{\"device\":\"d\",\"repeats\":12,\"fromOne\":3,\"last\":5}");
        assertThat(repeats.key()).isEqualTo("repeats:d");
        PresenceRecord.Late late = new PresenceRecord.Late("d", 7, 5);
        assertThat(new String(PresenceCodec.encode(late), StandardCharsets.UTF_8))
                .isEqualTo("{\"device\":\"d\",\"late\":7,\"last\":5}");
        assertThat(late.key()).isEqualTo("late:d");
        assertThat(new PresenceRecord.Lease("i", 5).key()).isEqualTo("instance:i");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"", "x", "[]", "{", "{}", "{\"device\":\"d\",\"instance\":\"i\"}"})
    void readsNothingFromAnythingElse(String value) {
        assertThat(PresenceCodec.decode(value.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void ignoresWhatANewerVersionAdds() {
        assertThat(PresenceCodec.decode("{\"x\":{\"instance\":\"no\"},\"instance\":\"i\",\"until\":7,\"y\":[1]}"
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new PresenceRecord.Lease("i", 7));
    }
}
