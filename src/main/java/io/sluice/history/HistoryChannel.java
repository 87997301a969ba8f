package io.sluice.history;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Switches the channel off where this process has not the role {@code rollup}. Reactive Messaging connects every channel
 * that the code names, and asks the configuration alone whether one is enabled; a list of roles is not a boolean yet.
 */
public final class HistoryChannel implements ConfigSourceFactory {
    static final String NAME = "history";

    /** Above {@code application.properties} (250), below the environment. */
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue roles = context.getValue("sluice.roles");
        boolean isOurs = roles == null
                || roles.getValue() == null
                || Arrays.stream(roles.getValue().split(",")).map(String::trim).anyMatch("rollup"::equals);
        Map<String, String> settings = Map.of("mp.messaging.incoming." + NAME + ".enabled", Boolean.toString(isOurs));
        return List.of(new PropertiesConfigSource(settings, "sluice-history", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }
}
