package io.sluice.local;

import io.quarkus.runtime.ExecutionMode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Brings the embedded servers' addresses into the configuration, starting them first, in the profiles that have them
 * and only where no address is given. Any other profile gets nothing, and no class of the servers' libraries is touched.
 */
public final class LocalServersConfigSource implements ConfigSourceFactory {
    static final Set<String> PROFILES = Set.of("dev", "test", "standalone");
    /** Above {@code application.properties} (250), below {@code .env}, environment and system properties. */
    static final int ORDINAL = 275;

    /**
     * Known when a native executable is built, which has no JVM to start servers with: so nothing behind it is looked for
     * there, least of all libraries that are not in its artefact.
     */
    private static final boolean NATIVE = System.getProperty("org.graalvm.nativeimage.imagecode") != null;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (NATIVE) {
            return List.of();
        }
        boolean wanted = context.getProfiles().stream().anyMatch(PROFILES::contains);
        // A build reads the configuration too, and must start nothing.
        boolean running = ExecutionMode.current() == ExecutionMode.RUNTIME_INIT
                || ExecutionMode.current() == ExecutionMode.RUNNING;
        if (!wanted || !running) {
            return List.of();
        }
        Map<String, String> settings = LocalStart.settings(name -> valueOf(context, name), profile(context));
        return List.of(new PropertiesConfigSource(settings, "sluice-local", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    private static String profile(ConfigSourceContext context) {
        return context.getProfiles().stream()
                .filter(PROFILES::contains)
                .findFirst()
                .orElseThrow();
    }

    private static String valueOf(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue();
    }
}
