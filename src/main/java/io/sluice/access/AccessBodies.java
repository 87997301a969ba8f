package io.sluice.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.sluice.platform.RequestFields;
import jakarta.inject.Singleton;

/** How this room's REST bodies are read. */
@Singleton
final class AccessBodies implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("access")
                .addDeserializer(
                        SessionResource.LoginBody.class,
                        RequestFields.deserializer(SessionResource.LoginBody.class, SessionResource.LoginBody::read))
                .addDeserializer(
                        OperatorResource.OperatorBody.class,
                        RequestFields.deserializer(
                                OperatorResource.OperatorBody.class, OperatorResource.OperatorBody::read)));
    }
}
