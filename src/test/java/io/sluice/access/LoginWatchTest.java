package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

class LoginWatchTest {
    /** Nobody is watched, so neither store is asked. */
    @Test
    void startsWithoutCaches() {
        AccessConfig config = new SmallRyeConfigBuilder()
                .withMapping(AccessConfig.class)
                .withDefaultValue("sluice.access.cache-for", "PT0S")
                .build()
                .getConfigMapping(AccessConfig.class);
        Vertx vertx = Vertx.vertx();
        try {
            LoginWatch watch = new LoginWatch(vertx, null, null, config);
            assertThatCode(() -> {
                        watch.start(new StartupEvent());
                        watch.stop(new ShutdownEvent());
                    })
                    .doesNotThrowAnyException();
        } finally {
            vertx.close();
        }
    }
}
