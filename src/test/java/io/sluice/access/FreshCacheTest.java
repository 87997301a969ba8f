package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshCacheTest {
    private long now = 1_000_000;
    private int loads;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);
    private final FreshCache<String, String> cache = new FreshCache<>(Duration.ofSeconds(2), 2, clock);

    @Test
    void asksAgainWhenTheAnswerIsOld() {
        assertThat(get("k", "one")).contains("one");
        now += 1_999;
        assertThat(get("k", "two")).contains("one");
        now += 1;
        assertThat(get("k", "three")).contains("three");
        assertThat(loads).isEqualTo(2);
    }

    @Test
    void goesOnWithTheOldAnswerWhileTheDatabaseIsAway() {
        get("k", "one");
        now += 1_000_000;
        assertThat(fail("k")).contains("one");
        assertThatThrownBy(() -> fail("unknown")).hasMessage("away");
    }

    @Test
    void forgetsWhatIsGoneAndKeepsNothingThatWasNotFound() {
        get("k", "one");
        now += 2_000;
        assertThat(get("k", null)).isEmpty();
        assertThatThrownBy(() -> fail("k")).hasMessage("away");
    }

    @Test
    void holdsNoMoreThanItsBound() {
        get("a", "1");
        get("b", "2");
        get("a", "-");
        get("c", "3");
        assertThat(get("a", "new")).as("used lately").contains("1");
        assertThat(get("b", "new")).as("used longest ago").contains("new");
    }

    private Optional<String> get(String key, String loaded) {
        return cache.get(key, () -> {
                    loads++;
                    return Uni.createFrom().item(Optional.ofNullable(loaded));
                })
                .await()
                .indefinitely();
    }

    private Optional<String> fail(String key) {
        return cache.get(key, () -> Uni.createFrom().failure(new IllegalStateException("away")))
                .await()
                .indefinitely();
    }
}
