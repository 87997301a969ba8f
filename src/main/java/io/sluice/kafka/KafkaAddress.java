package io.sluice.kafka;

import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the broker is. */
@Singleton
public class KafkaAddress {
    private final String bootstrap;

    KafkaAddress(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
        this.bootstrap = bootstrap;
    }

    public String bootstrap() {
        return bootstrap;
    }

    /** What every client needs. */
    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", bootstrap);
    }
}
