package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final long SECOND = 1_000_000_000L;
    /** Near its overflow, where a system's clock may well begin. */
    private static final long BEGIN = Long.MAX_VALUE - 10 * SECOND;

    private final Attempts attempts = new Attempts(3, 2);

    @Test
    void countsInAMinuteThatBeginsWithTheFirst() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.retryAfterSeconds("a", BEGIN)).isZero();
            assertThat(attempts.count("a", BEGIN)).isZero();
        }
        assertThat(attempts.retryAfterSeconds("a", BEGIN + 20 * SECOND)).isEqualTo(40);
        assertThat(attempts.count("a", BEGIN + 20 * SECOND)).isEqualTo(40);
        assertThat(attempts.count("b", BEGIN + 20 * SECOND)).isZero();
        assertThat(attempts.retryAfterSeconds("a", BEGIN + 60 * SECOND)).isZero();
        assertThat(attempts.count("a", BEGIN + 60 * SECOND)).isZero();
    }

    @Test
    void remembersNoMoreKeysThanItsBound() {
        for (int i = 0; i < 4; i++) {
            attempts.count("a", BEGIN);
        }
        attempts.count("b", BEGIN);
        assertThat(attempts.count("a", BEGIN)).isPositive();
        attempts.count("c", BEGIN);
        assertThat(attempts.count("a", BEGIN)).as("the oldest was forgotten").isZero();
    }
}
