package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String database;

    @Test
    void embeddedServersListenOnLoopback() {
        assertThat(kafka).startsWith("127.0.0.1:");
        assertThat(database).startsWith("postgresql://127.0.0.1:").endsWith("/sluice");
    }
}
