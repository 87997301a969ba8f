package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} to the code: every key, its variable and its default, and none besides. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final Path SETTINGS = Path.of("src/main/resources/application.properties");
    private static final Path CLASSES = Path.of("target/classes");
    private static final String NONE = "none";

    /** Read where no annotation tells of it: by the framework's own keys, and before there is a configuration. */
    private static final Map<String, String> READ_BY_NAME = Map.of(
            "sluice.allow-plaintext", "false",
            "sluice.data-dir", NONE,
            "sluice.kafka.port", NONE,
            "sluice.postgresql.port", NONE);

    private static final Pattern KEY_ROW =
            Pattern.compile("\\| `(sluice\\.[^`]+)` \\| `([A-Z0-9_]+)` \\| (none|`[^`]+`) \\| [^|]+ \\| [^|]+ \\|");
    private static final Pattern PROFILE_ROW =
            Pattern.compile("\\| `(sluice\\.[^`]+)` \\| ([a-z, ]+) \\| `([^`]+)` \\|");
    private static final Pattern PROFILE_SETTING = Pattern.compile("%([a-z,]+)\\.(sluice\\.[^=]+)=(.*)");

    @Test
    void everyKeyStandsThereWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Matcher row : rows(DOCUMENT, KEY_ROW)) {
            documented.put(row.group(1), row.group(3).replace("`", ""));
        }
        assertThat(documented).isEqualTo(keysInCode());
    }

    @Test
    void everyVariableIsTheOneThatItsKeyIsReadFrom() throws IOException {
        for (Matcher row : rows(DOCUMENT, KEY_ROW)) {
            String variable = row.group(1).replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
            assertThat(row.group(2)).isEqualTo(variable);
        }
    }

    @Test
    void everyProfileOfItsOwnDefaultStandsThere() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Matcher row : rows(DOCUMENT, PROFILE_ROW)) {
            documented.put(row.group(1), row.group(2) + ": " + row.group(3));
        }
        Map<String, String> set = new TreeMap<>();
        for (Matcher row : rows(SETTINGS, PROFILE_SETTING)) {
            // What only tests set is no default of anybody's.
            if (!row.group(1).equals("test")) {
                set.put(row.group(2), row.group(1).replace(",", ", ") + ": " + row.group(3));
            }
        }
        assertThat(documented).isEqualTo(set);
    }

    private static Map<String, String> keysInCode() throws IOException {
        Map<String, String> keys = new TreeMap<>(READ_BY_NAME);
        for (Class<?> type : classes()) {
            ConfigMapping mapping = type.getAnnotation(ConfigMapping.class);
            if (mapping != null) {
                gather(mapping.prefix(), type, keys);
            }
            Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods())
                    .flatMap(Stream::of)
                    .flatMap(executable -> Stream.of(executable.getParameters()))
                    .map(parameter -> parameter.getAnnotation(ConfigProperty.class))
                    .filter(property -> property != null && property.name().startsWith("sluice."))
                    .forEach(property -> keys.put(property.name(), defaultOf(property)));
        }
        return keys;
    }

    private static List<Class<?>> classes() throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES.resolve("io/sluice"))) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".class"))::iterator) {
                String name = CLASSES.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                if (!name.endsWith("-info")) {
                    classes.add(Class.forName(name, false, ConfigurationDocumentTest.class.getClassLoader()));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return classes;
    }

    private static void gather(String prefix, Class<?> mapping, Map<String, String> keys) {
        for (Method method : mapping.getDeclaredMethods()) {
            WithName name = method.getAnnotation(WithName.class);
            String key = prefix + '.' + (name == null ? StringUtil.skewer(method.getName()) : name.value());
            if (method.getReturnType().getEnclosingClass() == mapping) {
                gather(key, method.getReturnType(), keys);
            } else {
                WithDefault value = method.getAnnotation(WithDefault.class);
                keys.put(key, value == null ? NONE : value.value());
            }
        }
    }

    private static String defaultOf(ConfigProperty property) {
        return property.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE) ? NONE : property.defaultValue();
    }

    private static List<Matcher> rows(Path file, Pattern pattern) throws IOException {
        List<Matcher> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher row = pattern.matcher(line);
            if (row.matches()) {
                rows.add(row);
            }
        }
        assertThat(rows).as("rows of " + file).isNotEmpty();
        return rows;
    }
}
