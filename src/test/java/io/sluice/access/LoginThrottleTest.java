package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private record Limits(int perName, int perAddress, Duration window, int size)
            implements AccessConfig.ThrottleConfig {}

    private long now = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);
    private final LoginThrottle throttle = new LoginThrottle(new Limits(2, 4, Duration.ofSeconds(60), 6), clock);

    @Test
    void holdsANameFromAnAddressBackUntilTheWindowEnds() {
        assertThat(throttle.begin("a", "eve")).isZero();
        now += 10_000;
        assertThat(throttle.begin("a", "eve")).isZero();
        assertThat(throttle.begin("a", "eve")).isEqualTo(50);
        now += 50_000;
        assertThat(throttle.begin("a", "eve")).isZero();
    }

    @Test
    void doesNotLetOneAddressLockANameForOthers() {
        for (int i = 0; i < 10; i++) {
            throttle.begin("a", "admin");
        }
        assertThat(throttle.begin("b", "admin")).isZero();
    }

    @Test
    void holdsAnAddressBackThatTriesManyNames() {
        for (int i = 0; i < 4; i++) {
            assertThat(throttle.begin("a", "name" + i)).isZero();
        }
        assertThat(throttle.begin("a", "name4")).isPositive();
    }

    @Test
    void countsNoSuccess() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.begin("a", "eve")).isZero();
            throttle.succeeded("a", "eve");
        }
    }

    @Test
    void remembersNoMoreThanItsBound() {
        throttle.begin("a", "eve");
        throttle.begin("a", "eve");
        for (int i = 0; i < 10; i++) {
            throttle.begin("b" + i, "x");
        }
        assertThat(throttle.begin("a", "eve")).as("the oldest are forgotten").isZero();
    }
}
