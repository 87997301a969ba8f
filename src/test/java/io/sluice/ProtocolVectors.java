package io.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The vector files of {@code src/test/resources/protocol}; its README tells their format. */
public final class ProtocolVectors {
    private ProtocolVectors() {}

    public static JsonNode file(String name) {
        try (InputStream in = ProtocolVectors.class.getResourceAsStream("/protocol/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<JsonNode> of(String name) {
        return StreamSupport.stream(file(name).get("vectors").spliterator(), false);
    }
}
