package io.sluice.platform;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How every Kafka client of this process reaches the cluster: the address, and what TLS and SASL need. These are Kafka's own
 * settings behind the prefix {@code kafka.} ({@code KAFKA_SSL_TRUSTSTORE_LOCATION}); of all others that stand there each
 * client decides for itself, because a promise of ours hangs on them ({@code acks}, {@code isolation.level}).
 */
@Singleton
public class BrokerConnection {
    private static final String ADDRESS = "bootstrap.servers";
    private static final List<String> SECURITY = List.of("security.", "ssl.", "sasl.");

    private final Map<String, Object> settings;

    BrokerConnection(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        settings = kafka.entrySet().stream()
                .filter(setting -> isOurs(setting.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What {@code bootstrap.servers} says. */
    public String address() {
        return String.valueOf(settings.get(ADDRESS));
    }

    /** What every client needs, under Kafka's own names. */
    public Map<String, Object> settings() {
        return settings;
    }

    private static boolean isOurs(String name) {
        return name.equals(ADDRESS) || SECURITY.stream().anyMatch(name::startsWith);
    }
}
