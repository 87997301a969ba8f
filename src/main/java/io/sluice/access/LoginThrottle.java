package io.sluice.access;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows the guessing of passwords: counts failed log-ins per address and per name from an address. Never per name alone,
 * which would let anybody lock an operator out. An attempt counts as failed until it succeeds, so that many at once do not
 * slip through. Thread-safe and bounded.
 */
final class LoginThrottle {
    private static final class Window {
        private long start;
        private int failures;
    }

    private final AccessConfig.ThrottleConfig config;
    private final InstantSource clock;
    private final Map<String, Window> windows;

    LoginThrottle(AccessConfig.ThrottleConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.windows = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                return size() > config.size();
            }
        };
    }

    /** @return 0 where the attempt may go on (it counts now), else in how many seconds the next one may */
    synchronized long begin(String address, String name) {
        Window ofAddress = window(address);
        Window ofName = window(key(address, name));
        long now = clock.millis();
        if (ofAddress.failures >= config.perAddress()) {
            return secondsLeft(ofAddress, now);
        }
        if (ofName.failures >= config.perName()) {
            return secondsLeft(ofName, now);
        }
        ofAddress.failures++;
        ofName.failures++;
        return 0;
    }

    synchronized void succeeded(String address, String name) {
        windows.remove(key(address, name));
        Window ofAddress = window(address);
        ofAddress.failures = Math.max(0, ofAddress.failures - 1);
    }

    private Window window(String key) {
        long now = clock.millis();
        Window window = windows.computeIfAbsent(key, k -> new Window());
        if (now - window.start >= config.window().toMillis()) {
            window.start = now;
            window.failures = 0;
        }
        return window;
    }

    private long secondsLeft(Window window, long now) {
        return Math.max(1, (window.start + config.window().toMillis() - now + 999) / 1000);
    }

    private static String key(String address, String name) {
        return address + ' ' + name;
    }
}
