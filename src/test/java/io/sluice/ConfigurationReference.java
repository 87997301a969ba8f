package io.sluice;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of {@code docs/configuration.md} that are made from the configuration interfaces: key, default and type as
 * the framework reads them, order and meaning from the sources. Each stands between comments that name its interface.
 */
final class ConfigurationReference {
    private static final Pattern PLACE =
            Pattern.compile("(?s)<!-- generated from (\\w+): begin -->\n.*?<!-- generated from \\1: end -->");
    private static final String HEAD = """
            | key | environment | default | type | meaning |
            |---|---|---|---|---|
            """;
    private static final Map<Type, String> TYPES = Map.of(
            boolean.class, "boolean",
            Duration.class, "duration",
            MemorySize.class, "octets",
            OptionalDouble.class, "number",
            OptionalInt.class, "number",
            OptionalLong.class, "number",
            Path.class, "path",
            String.class, "text");

    private final Map<String, Class<?>> interfaces;

    /** @param interfaces those with a {@link ConfigMapping}; each has a place on the page, and each place is one's */
    ConfigurationReference(Collection<Class<?>> interfaces) {
        this.interfaces = interfaces.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    }

    /** The page as it should be. */
    String rewrite(String page) throws IOException {
        Set<String> places =
                PLACE.matcher(page).results().map(place -> place.group(1)).collect(Collectors.toSet());
        if (!places.equals(interfaces.keySet())) {
            throw new AssertionError("tables from " + places + ", interfaces " + interfaces.keySet());
        }
        StringBuilder rewritten = new StringBuilder();
        Matcher place = PLACE.matcher(page);
        while (place.find()) {
            place.appendReplacement(rewritten, Matcher.quoteReplacement(section(place.group(1))));
        }
        return place.appendTail(rewritten).toString();
    }

    /** What people write of the page. */
    static String writtenByHand(String page) {
        return PLACE.matcher(page).replaceAll("");
    }

    static String variable(String key) {
        return StringUtil.replaceNonAlphanumericByUnderscores(key).toUpperCase(Locale.ROOT);
    }

    private String section(String name) throws IOException {
        Class<?> type = interfaces.get(name);
        StringBuilder rows = new StringBuilder();
        addRows(type.getAnnotation(ConfigMapping.class).prefix(), type, DocumentedMethods.of(type), rows);
        return "<!-- generated from %1$s: begin -->\n\n%2$s%3$s\n<!-- generated from %1$s: end -->"
                .formatted(name, HEAD, rows);
    }

    private static void addRows(String prefix, Class<?> mapping, DocumentedMethods source, StringBuilder rows) {
        for (String name : source.names(mapping)) {
            Method method = method(mapping, name);
            String key = prefix + '.' + nameOf(method);
            if (method.getReturnType().getEnclosingClass() == mapping) {
                addRows(key, method.getReturnType(), source, rows);
            } else {
                rows.append(row(key, method, source.text(mapping, name)));
            }
        }
    }

    private static String row(String key, Method method, String meaning) {
        WithDefault value = method.getAnnotation(WithDefault.class);
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        key,
                        variable(key),
                        value == null ? "none" : '`' + value.value() + '`',
                        word(method.getGenericReturnType()),
                        meaning);
    }

    private static Method method(Class<?> mapping, String name) {
        try {
            return mapping.getDeclaredMethod(name);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("the classes are older than the sources", e);
        }
    }

    private static String nameOf(Method method) {
        WithName name = method.getAnnotation(WithName.class);
        return name == null ? StringUtil.skewer(method.getName()) : name.value();
    }

    private static String word(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> outer = (Class<?>) generic.getRawType();
            if (outer == Optional.class) {
                return word(generic.getActualTypeArguments()[0]);
            }
            return Collection.class.isAssignableFrom(outer) ? "list" : unknown(type);
        }
        String word = TYPES.get(type);
        if (word != null) {
            return word;
        }
        return ((Class<?>) type).isPrimitive() ? "number" : unknown(type);
    }

    private static String unknown(Type type) {
        throw new AssertionError("no word in the reference for the type " + type);
    }
}
