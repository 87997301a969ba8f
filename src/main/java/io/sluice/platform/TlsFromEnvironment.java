package io.sluice.platform;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lets the server's certificate be named by {@code QUARKUS_TLS_KEY_STORE_PEM_0_CERT} and {@code …_KEY}. These stand in a
 * map of the configuration, and the name of a variable of the environment does not tell where a key of a map begins; a
 * value that is asked for by its whole name is found.
 */
public final class TlsFromEnvironment implements ConfigSourceFactory {
    private static final List<String> NAMES =
            List.of("quarkus.tls.key-store.pem.0.cert", "quarkus.tls.key-store.pem.0.key");
    /** That of the environment, where the values come from. */
    private static final int ORDINAL = 300;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> found = new HashMap<>();
        for (String name : NAMES) {
            ConfigValue value = context.getValue(name);
            if (value != null && value.getValue() != null) {
                found.put(name, value.getValue());
            }
        }
        return found.isEmpty() ? List.of() : List.of(new PropertiesConfigSource(found, "sluice-tls", ORDINAL));
    }
}
