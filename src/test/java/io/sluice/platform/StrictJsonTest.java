package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What REST's mapper does with bodies that have a codec, and that it does nothing with others. */
class StrictJsonTest {
    private final ObjectMapper mapper = new ObjectMapper();

    StrictJsonTest() {
        new StrictJson().customize(mapper);
        mapper.registerModule(new SimpleModule("test")
                .addDeserializer(Body.class, RequestFields.deserializer(Body.class, Body::read)));
    }

    private record Item(@Nullable Double number) implements JsonAnswer {
        static Item read(RequestFields fields) throws JsonMappingException {
            return new Item(fields.number("number"));
        }

        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.number("number", number);
        }
    }

    private record Body(
            @Nullable String text,
            @Nullable Boolean flag,
            @Nullable Integer whole,
            @Nullable List<@Nullable Item> items)
            implements JsonAnswer {
        static Body read(RequestFields fields) throws JsonMappingException {
            return new Body(
                    fields.text("text"),
                    fields.flag("flag"),
                    fields.whole("whole"),
                    fields.list("items", Item.class, Item::read));
        }

        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.text("text", text)
                    .flag("flag", flag)
                    .whole("whole", whole == null ? null : whole.longValue())
                    .list("items", items);
        }
    }

    /** As somebody would write one who does not know of codecs. */
    record Forgotten(String text) {}

    /** As somebody would who insists. */
    public static final class Annotated {
        @JsonProperty
        public final String text;

        @JsonCreator
        public Annotated(@JsonProperty("text") String text) {
            this.text = text;
        }
    }

    @Test
    void nothingWithoutACodecIsWrittenOrRead() {
        for (Object answer : List.of(new Forgotten("a"), new Annotated("a"))) {
            assertThatThrownBy(() -> mapper.writeValueAsString(answer)).hasMessageContaining("no codec");
            assertThatThrownBy(() -> mapper.readValue("{\"text\":\"a\"}", answer.getClass()))
                    .hasMessageContaining("no codec");
        }
    }

    @Test
    void whatIsNullIsLeftOut() throws JsonProcessingException {
        Body body = new Body("a", null, 3, Arrays.asList(new Item(1.5), new Item(null)));
        assertThat(mapper.writeValueAsString(body))
                .isEqualTo("{\"text\":\"a\",\"whole\":3,\"items\":[{\"number\":1.5},{}]}");
    }

    @Test
    void whatIsAbsentOrNullIsNull() throws JsonProcessingException {
        assertThat(mapper.readValue("{}", Body.class)).isEqualTo(new Body(null, null, null, null));
        assertThat(mapper.readValue("{\"text\":null,\"items\":[null,{\"number\":1}]}", Body.class))
                .isEqualTo(new Body(null, null, null, Arrays.asList(null, new Item(1.0))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"text":5}                | text
                    {"text":true}             | text
                    {"flag":"true"}           | flag
                    {"flag":1}                | flag
                    {"whole":"1"}             | whole
                    {"whole":1.0}             | whole
                    {"whole":2147483648}      | whole
                    {"items":{}}              | items
                    {"items":[1]}             | items[0]
                    {"items":[{},{"number":"NaN"}]} | items[1].number
                    {"items":[{"x":1}]}       | items[0].x
                    {"other":1}               | other
                    """)
    void aFieldOfAnotherTypeOrAnUnknownOneIsNamed(String json, String path) {
        assertThatThrownBy(() -> mapper.readValue(json, Body.class))
                .isInstanceOfSatisfying(JsonMappingException.class, refused -> {
                    assertThat(ProblemMappers.badJson(refused).errors())
                            .singleElement()
                            .satisfies(error -> {
                                assertThat(error.field()).isEqualTo(path);
                                assertThat(error.detail())
                                        .isEqualTo(
                                                refused instanceof UnrecognizedPropertyException
                                                        ? "is not a known field"
                                                        : "has the wrong type");
                            });
                });
    }

    @Test
    void whatIsNoObjectIsRefusedWithItsPlace() {
        for (String json : List.of("[]", "5", "\"a\"", "{\"text\":\"a\",\"text\":\"b\"}", "{} x")) {
            assertThatThrownBy(() -> mapper.readValue(json, Body.class))
                    .isInstanceOfSatisfying(
                            JsonProcessingException.class,
                            refused -> assertThat(
                                            ProblemMappers.badJson(refused).detail())
                                    .contains("line 1"));
        }
    }
}
