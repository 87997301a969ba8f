package io.sluice.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;

/** How long readings are kept on Kafka; applies at creation, later it is Kafka's own to change. */
@ConfigMapping(prefix = "sluice.retention")
public interface RetentionConfig {
    /** Retention of the topic {@code readings}, at its creation. */
    @WithDefault("P7D")
    Duration readings();

    /** Retention of the topic {@code readings.rejected}, at its creation. */
    @WithDefault("P7D")
    Duration rejected();

    /**
     * Octets that each partition of {@code readings} and {@code readings.rejected} may take, at their creation. Absent:
     * no cap. Set where the broker is embedded.
     */
    OptionalLong partitionBytes();
}
