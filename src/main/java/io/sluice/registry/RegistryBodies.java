package io.sluice.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.sluice.platform.RequestFields;
import jakarta.inject.Singleton;

/** How this room's REST bodies are read. */
@Singleton
final class RegistryBodies implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("registry")
                .addDeserializer(DeviceBody.class, RequestFields.deserializer(DeviceBody.class, DeviceBody::read))
                .addDeserializer(ProfileBody.class, RequestFields.deserializer(ProfileBody.class, ProfileBody::read)));
    }
}
