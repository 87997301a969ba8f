package io.sluice.registry;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import io.sluice.platform.RequestFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One metric of a profile as REST and the database write it (operator protocol section 2). */
record MetricBody(
        @Nullable String name,
        @Nullable String unit,
        @Nullable String type,
        @Nullable Double min,
        @Nullable Double max) implements JsonAnswer {
    static MetricBody read(RequestFields fields) throws JsonMappingException {
        return new MetricBody(
                fields.text("name"),
                fields.text("unit"),
                fields.text("type"),
                fields.number("min"),
                fields.number("max"));
    }

    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.text("name", name)
                .text("unit", unit)
                .text("type", type)
                .number("min", min)
                .number("max", max);
    }
}
