package io.sluice.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that is being written, in the order of the calls. One whose value is null is left out. */
public final class AnswerFields {
    private final JsonGenerator json;

    AnswerFields(JsonGenerator json) {
        this.json = json;
    }

    public AnswerFields text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
        return this;
    }

    public AnswerFields flag(String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
        return this;
    }

    public AnswerFields whole(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
        return this;
    }

    public AnswerFields whole(String name, int value) throws IOException {
        json.writeNumberField(name, value);
        return this;
    }

    public AnswerFields number(String name, @Nullable Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
        return this;
    }

    public AnswerFields object(String name, @Nullable JsonAnswer value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            value.writeTo(json);
        }
        return this;
    }

    /** @param values texts or {@link JsonAnswer}s */
    public AnswerFields list(String name, @Nullable List<?> values) throws IOException {
        if (values != null) {
            json.writeArrayFieldStart(name);
            for (Object value : values) {
                if (value instanceof JsonAnswer answer) {
                    answer.writeTo(json);
                } else {
                    json.writeString((String) value);
                }
            }
            json.writeEndArray();
        }
        return this;
    }
}
