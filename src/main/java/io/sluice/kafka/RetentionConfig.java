package io.sluice.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;

/** How long readings are kept on Kafka; applies at creation, later it is Kafka's own to change. */
@ConfigMapping(prefix = "sluice.retention")
public interface RetentionConfig {
    @WithDefault("P7D")
    Duration readings();

    @WithDefault("P7D")
    Duration rejected();

    /** Cap on each partition of either, in octets; absent: none. Set where the broker is embedded. */
    OptionalLong partitionBytes();
}
