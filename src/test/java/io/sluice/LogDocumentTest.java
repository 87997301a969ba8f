package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of messages in {@code docs/operations.md} to the code: all that are WARN or worse, with their levels. */
class LogDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| SLUICE(\\d{5}) \\| (WARN|ERROR) \\| \\S.* \\|$");
    private static final Pattern MESSAGE =
            Pattern.compile("@LogMessage\\(level = Logger\\.Level\\.(\\w+)\\)\\s+@Message\\(\\s*id = (\\d+),");

    @Test
    void everyMessageThatAsksForSomethingStandsThere() throws IOException {
        Map<Integer, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(DOCUMENT));
        while (row.find()) {
            documented.put(Integer.valueOf(row.group(1)), row.group(2));
        }
        Map<Integer, String> serious = messages();
        serious.values().removeIf(level -> level.equals("INFO") || level.equals("DEBUG"));
        assertThat(documented).isEqualTo(serious);
    }

    private static Map<Integer, String> messages() throws IOException {
        Map<Integer, String> levels = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith("Log.java"))::iterator) {
                Matcher message = MESSAGE.matcher(Files.readString(file));
                while (message.find()) {
                    Integer id = Integer.valueOf(message.group(2));
                    assertThat(levels.put(id, message.group(1)))
                            .as("message " + id + ", once more in " + file)
                            .isNull();
                }
            }
        }
        return levels;
    }
}
