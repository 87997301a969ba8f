package io.sluice.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts per key in a minute that begins with the first. Bounded: beyond so many keys the one that began longest
 * ago is forgotten, which gives its owner a fresh minute. Thread-safe.
 */
final class Attempts {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final int perMinute;
    private final Map<String, Minute> minutes;

    private static final class Minute {
        private final long beganNanos;
        private int count;

        Minute(long beganNanos) {
            this.beganNanos = beganNanos;
        }
    }

    Attempts(int perMinute, int maxKeys) {
        this.perMinute = perMinute;
        this.minutes = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Minute> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** Counts one, and says for how many seconds there may be no more; 0 where this one is within the limit. */
    synchronized long count(String key, long nowNanos) {
        Minute minute = minute(key, nowNanos);
        if (minute == null) {
            minute = new Minute(nowNanos);
            minutes.put(key, minute);
        }
        minute.count++;
        return minute.count <= perMinute ? 0 : secondsLeft(minute, nowNanos);
    }

    /** For how many seconds there may be none; 0 where the next is within the limit. */
    synchronized long retryAfterSeconds(String key, long nowNanos) {
        Minute minute = minute(key, nowNanos);
        return minute == null || minute.count < perMinute ? 0 : secondsLeft(minute, nowNanos);
    }

    private @Nullable Minute minute(String key, long nowNanos) {
        Minute minute = minutes.get(key);
        if (minute != null && nowNanos - minute.beganNanos >= MINUTE_NANOS) {
            minutes.remove(key);
            return null;
        }
        return minute;
    }

    private static long secondsLeft(Minute minute, long nowNanos) {
        return Math.max(1, (minute.beganNanos + MINUTE_NANOS - nowNanos + 999_999_999) / 1_000_000_000);
    }
}
