package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.LogLines;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogBudgetTest {
    private static final int LINES = 3;

    private long nanos = Long.MAX_VALUE - 5;
    private final LogBudget budget = new LogBudget(LINES, () -> nanos);

    private boolean takes(Level level, String logger, String message) {
        LogRecord line = new LogRecord(level, message);
        line.setLoggerName(logger);
        return budget.isLoggable(line);
    }

    private void use(String logger, String message) {
        for (int i = 0; i < LINES; i++) {
            assertThat(takes(Level.WARNING, logger, message)).isTrue();
        }
        assertThat(takes(Level.WARNING, logger, message)).isFalse();
    }

    @Test
    void idsOfOneLoggerHaveABudgetEach() {
        use("io.sluice", "SLUICE01001: a message of %s");
        use("io.sluice", "SLUICE01002: a message of %s");
        assertThat(takes(Level.SEVERE, "another", "SLUICE01001: the same id")).isFalse();
    }

    @Test
    void linesWithoutAnIdShareTheirLoggersBudget() {
        use("io.netty", "one");
        assertThat(takes(Level.INFO, "io.netty", "other")).isFalse();
        assertThat(takes(Level.INFO, "io.netty", null)).isFalse();
        use("io.vertx", "SLUICE");
    }

    @Test
    void whatSomebodyAskedForIsNotCounted() {
        for (int i = 0; i < 2 * LINES; i++) {
            assertThat(takes(Level.FINE, "io.sluice", "detail")).isTrue();
        }
        use("io.sluice", "detail");
    }

    @Test
    void aLaterMinuteBeginsAnewAndTellsWhatIsMissing() {
        use("io.sluice", "SLUICE01001: again");
        takes(Level.WARNING, "io.sluice", "SLUICE01001: again");
        takes(Level.WARNING, "io.sluice", "SLUICE01002: once");
        nanos += Duration.ofMinutes(1).toNanos();
        try (LogLines log = LogLines.open()) {
            use("io.sluice", "SLUICE01001: again");
            assertThat(log.get())
                    .singleElement()
                    .asString()
                    .contains("SLUICE08001")
                    .contains("SLUICE01001=2")
                    .doesNotContain("01002");
        }
    }
}
