package io.sluice.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.logging.LoggingFilter;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds what one source may write to the log in a minute, so that a fault that every peer can repeat fills no disk. A source
 * is a message's stable id, or its logger where it has none: there are as many as the code has. What was left out is counted,
 * and told with the first line of a later minute. Lines below INFO are not counted: who asks for them wants them all.
 */
@LoggingFilter(name = "budget")
public final class LogBudget implements Filter {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final String ID = "SLUICE";
    private static final int ID_LENGTH = 11;

    private final int linesPerMinute;
    private final LongSupplier nanos;
    private final Counter leftOut =
            Counter.builder("sluice.log.left.out").baseUnit("lines").register(Metrics.globalRegistry);
    private Map<String, Integer> lines = new TreeMap<>();
    private long minuteBegan;

    /** @param linesPerMinute of one source */
    @Inject
    public LogBudget(@ConfigProperty(name = "sluice.log.lines-per-minute", defaultValue = "60") int linesPerMinute) {
        this(linesPerMinute, System::nanoTime);
    }

    LogBudget(int linesPerMinute, LongSupplier nanos) {
        this.linesPerMinute = linesPerMinute;
        this.nanos = nanos;
        this.minuteBegan = nanos.getAsLong();
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line.getLevel().intValue() < Level.INFO.intValue()) {
            return true;
        }
        Map<String, Integer> ended = Map.of();
        boolean isWithin;
        synchronized (this) {
            long now = nanos.getAsLong();
            if (now - minuteBegan >= MINUTE) {
                minuteBegan = now;
                ended = lines;
                lines = new TreeMap<>();
            }
            isWithin = lines.merge(source(line), 1, Integer::sum) <= linesPerMinute;
        }
        // Not under the lock: the line comes here, too.
        tell(ended);
        if (!isWithin) {
            leftOut.increment();
        }
        return isWithin;
    }

    private void tell(Map<String, Integer> ended) {
        ended.values().removeIf(count -> count <= linesPerMinute);
        if (!ended.isEmpty()) {
            ended.replaceAll((source, count) -> count - linesPerMinute);
            PlatformLog.LOG.leftOut(ended);
        }
    }

    private static String source(LogRecord line) {
        String message = line.getMessage();
        return message != null && message.startsWith(ID) && message.length() >= ID_LENGTH
                ? message.substring(0, ID_LENGTH)
                : String.valueOf(line.getLoggerName());
    }
}
