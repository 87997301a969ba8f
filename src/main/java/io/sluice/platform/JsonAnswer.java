package io.sluice.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** A JSON object that REST answers. It says its fields itself, see {@link CodecsOnly}. */
public interface JsonAnswer extends JsonSerializable {
    void write(AnswerFields fields) throws IOException;

    /** The whole object, past any mapper: that of a copied factory would look through what has no codec. */
    default void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject(this);
        write(new AnswerFields(json));
        json.writeEndObject();
    }

    @Override
    default void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        writeTo(json);
    }

    @Override
    default void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        writeTo(json);
    }
}
