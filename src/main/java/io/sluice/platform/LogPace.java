package io.sluice.platform;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one log message through per interval, where a peer's behaviour could otherwise fill the log. */
public final class LogPace {
    private final long intervalNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    public LogPace(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    public boolean permits() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + intervalNanos);
    }
}
