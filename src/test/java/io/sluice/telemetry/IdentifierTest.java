package io.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ProtocolVectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentifierTest {
    static Stream<Named<JsonNode>> vectors() {
        return ProtocolVectors.of("identifiers.json")
                .map(v -> Named.of(v.get("name").asText(), v));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void judgesAsTheVectorsSay(JsonNode vector) {
        String text = vector.get("text").asText();
        assertThat(Identifier.isValid(text)).isEqualTo(vector.get("identifier").asBoolean());
        assertThat(Identifier.isMadeOfIdentifierCharacters(text))
                .isEqualTo(vector.get("epoch").asBoolean());
    }
}
