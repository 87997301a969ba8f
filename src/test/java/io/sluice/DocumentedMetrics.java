package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of {@code docs/metrics.md}: names as Prometheus is given them, and their labels. */
final class DocumentedMetrics {
    private static final Pattern ROW =
            Pattern.compile("\\| `(sluice_[a-z_]+)` \\| (gauge|counter|histogram) \\| ([^|]*) \\| [^|]+ \\| [^|]+ \\|");
    private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");

    private DocumentedMetrics() {}

    static Map<String, Set<String>> labelsByName() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
            Matcher row = ROW.matcher(line.replace("| | ", "| - | "));
            if (row.matches()) {
                Set<String> labels = new TreeSet<>();
                LABEL.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
                assertThat(found.put(row.group(1), labels))
                        .as(row.group(1) + " twice")
                        .isNull();
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }
}
