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
 *
 * <p>The device authority becomes the server's trust store, because the framework reads that one again with the
 * certificate: trust that was set on the server by other means would be lost at the first renewal.
 */
public final class TlsFromEnvironment implements ConfigSourceFactory {
    private static final List<String> NAMES =
            List.of("quarkus.tls.key-store.pem.0.cert", "quarkus.tls.key-store.pem.0.key");
    private static final String DEVICE_AUTHORITY = "sluice.ingest.device-authority";
    private static final String TRUST = "quarkus.tls.trust-store.pem.certs";
    /** That of the environment, where the values come from. */
    private static final int ORDINAL = 300;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> found = new HashMap<>();
        NAMES.forEach(name -> copy(context, name, found, name));
        copy(context, DEVICE_AUTHORITY, found, TRUST);
        return found.isEmpty() ? List.of() : List.of(new PropertiesConfigSource(found, "sluice-tls", ORDINAL));
    }

    private static void copy(ConfigSourceContext context, String from, Map<String, String> found, String name) {
        ConfigValue value = context.getValue(from);
        if (value != null && value.getValue() != null && !value.getValue().isBlank()) {
            found.put(name, value.getValue());
        }
    }
}
