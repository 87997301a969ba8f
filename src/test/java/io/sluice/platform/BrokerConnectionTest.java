package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerConnectionTest {
    @Test
    void takesAddressAndSecurityAndNothingThatAClientDecidesItself() {
        Map<String, Object> secure = Map.of(
                "bootstrap.servers", "broker:9093",
                "security.protocol", "SSL",
                "ssl.keystore.location", "/etc/user.p12",
                "sasl.mechanism", "SCRAM-SHA-512");
        BrokerConnection connection = new BrokerConnection(with(secure, Map.of("acks", "1", "group.id", "sluice")));
        assertThat(connection.settings()).isEqualTo(secure);
        assertThat(connection.address()).isEqualTo("broker:9093");
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new java.util.HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
