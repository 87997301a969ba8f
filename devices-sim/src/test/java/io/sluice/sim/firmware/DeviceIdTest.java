package io.sluice.sim.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sim.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceIdTest {
    private static final Path VECTORS = Path.of("../src/test/resources/protocol/identifiers.json");

    @Test
    @SuppressWarnings("unchecked")
    void followsTheGrammarOfTheProtocol() throws IOException {
        List<Map<String, @Nullable Object>> vectors = (List<Map<String, @Nullable Object>>)
                JsonTree.object(Files.readString(VECTORS)).get("vectors");
        assertThat(vectors)
                .isNotEmpty()
                .allSatisfy(vector -> assertThat(DeviceId.isValid(JsonTree.text(vector, "text", "")))
                        .isEqualTo(vector.get("identifier")));
    }

    @ParameterizedTest
    @CsvSource({
        "anomaly-free/anomaly-free, anomaly-free-anomaly-free",
        "valve1/0, valve1-0",
        "20, 20",
        "_x, x",
        "'/ é7', 7",
        "a b, a-b"
    })
    void isMadeOfWhatIsThere(String text, String id) {
        assertThat(DeviceId.from(text)).isEqualTo(id);
        assertThat(DeviceId.isValid(id)).isTrue();
    }

    @Test
    void isAtMost64Long() {
        assertThat(DeviceId.from("x".repeat(70))).hasSize(64);
        assertThat(DeviceId.isValid("x".repeat(65))).isFalse();
        assertThat(DeviceId.isValid("")).isFalse();
    }

    @Test
    void needsSomethingToBeginWith() {
        assertThatThrownBy(() -> DeviceId.from("/-")).isInstanceOf(IllegalArgumentException.class);
    }
}
