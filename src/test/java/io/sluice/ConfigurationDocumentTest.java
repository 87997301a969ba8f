package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/configuration.md} to the code: the tables of the configuration interfaces are made from them, see
 * {@link ConfigurationReference}; of the keys that are read otherwise people write the rows, each with its variable and
 * its default, and none besides.
 */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final Path SETTINGS = Path.of("src/main/resources/application.properties");
    private static final Path CLASSES = Path.of("target/classes");
    private static final String NONE = "none";
    private static final String WRITE = "sluice.docs.write";

    /** Read where no annotation tells of it: by the framework's own keys, and before there is a configuration. */
    private static final Map<String, String> READ_BY_NAME = Map.of(
            "sluice.allow-plaintext", "false",
            "sluice.data-dir", NONE,
            "sluice.kafka.port", NONE,
            "sluice.postgresql.port", NONE);

    private static final Pattern KEY_ROW =
            Pattern.compile("\\| `(sluice\\.[^`]+)` \\| `([A-Z0-9_]+)` \\| (none|`[^`]+`) \\| [a-z]+ \\| [^|]+ \\|");
    private static final Pattern PROFILE_ROW =
            Pattern.compile("\\| `(sluice\\.[^`]+)` \\| ([a-z, ]+) \\| `([^`]+)` \\|");
    private static final Pattern PROFILE_SETTING = Pattern.compile("%([a-z,]+)\\.(sluice\\.[^=]+)=(.*)");

    @Test
    void theTablesOfInterfacesAreMadeFromThem() throws IOException {
        List<Class<?>> interfaces = classes().stream()
                .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                .toList();
        String page = Files.readString(DOCUMENT);
        String expected = new ConfigurationReference(interfaces).rewrite(page);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(DOCUMENT)
                    .as(
                            "./mvnw test -Dtest=%s -D%s=true rewrites the page",
                            getClass().getSimpleName(), WRITE)
                    .hasContent(expected);
        }
    }

    @Test
    void everyOtherKeyStandsThereWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Matcher row : writtenRows(KEY_ROW)) {
            documented.put(row.group(1), row.group(3).replace("`", ""));
        }
        assertThat(documented).isEqualTo(otherKeysInCode());
    }

    @Test
    void everyVariableIsTheOneThatItsKeyIsReadFrom() throws IOException {
        for (Matcher row : writtenRows(KEY_ROW)) {
            assertThat(row.group(2)).isEqualTo(ConfigurationReference.variable(row.group(1)));
        }
    }

    @Test
    void everyProfileOfItsOwnDefaultStandsThere() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Matcher row : writtenRows(PROFILE_ROW)) {
            documented.put(row.group(1), row.group(2) + ": " + row.group(3));
        }
        Map<String, String> set = new TreeMap<>();
        for (Matcher row : rows(Files.readString(SETTINGS), PROFILE_SETTING)) {
            // What only tests set is no default of anybody's.
            if (!row.group(1).equals("test")) {
                set.put(row.group(2), row.group(1).replace(",", ", ") + ": " + row.group(3));
            }
        }
        assertThat(documented).isEqualTo(set);
    }

    private static Map<String, String> otherKeysInCode() throws IOException {
        Map<String, String> keys = new TreeMap<>(READ_BY_NAME);
        for (Class<?> type : classes()) {
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

    private static String defaultOf(ConfigProperty property) {
        return property.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE) ? NONE : property.defaultValue();
    }

    private static List<Matcher> writtenRows(Pattern pattern) throws IOException {
        return rows(ConfigurationReference.writtenByHand(Files.readString(DOCUMENT)), pattern);
    }

    private static List<Matcher> rows(String text, Pattern pattern) {
        List<Matcher> rows =
                text.lines().map(pattern::matcher).filter(Matcher::matches).toList();
        assertThat(rows).as("rows like " + pattern).isNotEmpty();
        return rows;
    }
}
