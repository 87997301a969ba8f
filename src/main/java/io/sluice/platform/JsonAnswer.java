package io.sluice.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** A JSON object that REST answers. It says its fields itself, see {@link CodecsOnly}. */
public interface JsonAnswer extends JsonSerializable {
    void write(AnswerFields fields) throws IOException;

    @Override
    default void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject(this);
        write(new AnswerFields(json));
        json.writeEndObject();
    }

    @Override
    default void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }
}
