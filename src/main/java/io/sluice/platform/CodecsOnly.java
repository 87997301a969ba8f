package io.sluice.platform;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;

/**
 * Lets Jackson look through no class by reflection: bodies write themselves ({@link JsonAnswer}) and are read field by field
 * ({@link RequestFields}). One for which that was forgotten fails in the first test that asks for it, not first in a native
 * executable.
 */
final class CodecsOnly extends SimpleModule {
    private static final long serialVersionUID = 1L;

    CodecsOnly() {
        super(CodecsOnly.class.getSimpleName());
        setSerializerModifier(new BeanSerializerModifier() {
            @Override
            public JsonSerializer<?> modifySerializer(
                    SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
                refuse(serializer instanceof BeanSerializerBase, bean);
                return serializer;
            }
        });
        setDeserializerModifier(new BeanDeserializerModifier() {
            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
                refuse(deserializer instanceof BeanDeserializerBase, bean);
                return deserializer;
            }
        });
    }

    private static void refuse(boolean byReflection, BeanDescription bean) {
        if (byReflection) {
            throw new IllegalArgumentException(bean.getBeanClass().getName() + " has no codec");
        }
    }
}
