package io.sluice.live;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The room's configuration without a container. */
final class LiveConfigs {
    private LiveConfigs() {}

    /** Defaults, except for these pairs of a name (without the prefix) and a value. */
    static LiveConfig with(String... namesAndValues) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(LiveConfig.class);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValues(Map.of("sluice.live." + namesAndValues[i], namesAndValues[i + 1]));
        }
        return builder.build().getConfigMapping(LiveConfig.class);
    }
}
