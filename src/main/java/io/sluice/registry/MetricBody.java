package io.sluice.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** One metric of a profile as REST and the database write it (operator protocol section 2). */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record MetricBody(
        @Nullable String name,
        @Nullable String unit,
        @Nullable String type,
        @Nullable Double min,
        @Nullable Double max) {}
