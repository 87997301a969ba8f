package io.sluice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the service running in this JVM logs above DEBUG, from the opening on. Left out: that rooms have started, which may come
 * after the first test has begun, and that this machine is slow.
 */
public final class LogLines implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() > Level.FINE.intValue() && !isOfNoMatter(line)) {
                String cause = line.getThrown() == null ? "" : " | " + line.getThrown();
                lines.add(line.getLevel() + " " + line.getLoggerName() + " " + line.getMessage() + cause);
            }
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing to close
        }
    };

    private LogLines() {}

    private static boolean isOfNoMatter(LogRecord line) {
        String logger = String.valueOf(line.getLoggerName());
        boolean isStart = line.getLevel().intValue() == Level.INFO.intValue()
                && (logger.equals("io.sluice.live") || logger.equals("io.sluice.rollup"));
        return isStart || logger.endsWith("BlockedThreadChecker");
    }

    public static LogLines open() {
        LogLines opened = new LogLines();
        ROOT.addHandler(opened.handler);
        return opened;
    }

    public List<String> get() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
    }
}
