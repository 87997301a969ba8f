package io.sluice.kubernetes;

import io.quarkus.agroal.runtime.DataSourcesJdbcRuntimeConfig;
import io.quarkus.datasource.runtime.DataSourcesRuntimeConfig;
import io.quarkus.reactive.datasource.runtime.DataSourcesReactiveRuntimeConfig;
import io.quarkus.reactive.pg.client.runtime.DataSourcesReactivePostgreSQLConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The environment variables that something in the service reads: Sluice's own from its documented table (which another test
 * holds to the code), Quarkus's from its configuration interfaces, Kafka's from its client.
 */
final class KnownVariables {
    private static final Pattern ROW =
            Pattern.compile("\\| `sluice\\.[^`]+` \\| `([A-Z0-9_]+)` \\| (?:none|`([^`]+)`) \\|.*");
    private static final String ANY = "[A-Z0-9_]+";
    private static final List<Class<?>> QUARKUS = List.of(
            VertxHttpConfig.class,
            TlsConfig.class,
            DataSourcesRuntimeConfig.class,
            DataSourcesJdbcRuntimeConfig.class,
            DataSourcesReactiveRuntimeConfig.class,
            DataSourcesReactivePostgreSQLConfig.class);

    private final Map<String, String> own = new HashMap<>();
    private final List<Pattern> quarkus;

    KnownVariables() throws IOException {
        for (String line : Files.readAllLines(Path.of("docs/configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                own.put(row.group(1), row.group(2));
            }
        }
        quarkus = QUARKUS.stream()
                .map(ConfigMappings.ConfigClass::configClass)
                .flatMap(mapping -> ConfigMappings.getProperties(mapping).keySet().stream())
                .map(KnownVariables::pattern)
                .toList();
    }

    boolean knows(String variable) {
        if (variable.startsWith("SLUICE_")) {
            return own.containsKey(variable);
        }
        if (variable.startsWith("KAFKA_")) {
            String key = variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT);
            return AdminClientConfig.configNames().contains(key.replace('_', '.'));
        }
        return quarkus.stream().anyMatch(name -> name.matcher(variable).matches());
    }

    /** The default of one that is a duration. */
    Duration duration(String variable) {
        return Duration.parse(own.get(variable).replaceAll("^(\\d+)s$", "PT$1S"));
    }

    private static Pattern pattern(String property) {
        String name =
                property.replace("*", "\0").replaceAll("[^a-zA-Z0-9\0]", "_").toUpperCase(Locale.ROOT);
        return Pattern.compile(name.replaceAll("\0(_\\d+_)?", ANY));
    }
}
