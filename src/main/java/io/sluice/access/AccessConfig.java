package io.sluice.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings of operators' access. */
@ConfigMapping(prefix = "sluice.access")
public interface AccessConfig {
    /**
     * Origins besides the service's own that may open {@code /live} and change state, exactly as a browser sends them.
     */
    Optional<Set<String>> allowedOrigins();

    /** Time after which an unused session has ended. */
    @WithDefault("PT1H")
    Duration sessionIdle();

    /** Time after log-in at which a session ends, used or not. */
    @WithDefault("PT12H")
    Duration sessionAbsolute();

    /** How long sessions and operators are taken from memory; also how late another instance's log-out is seen. */
    @WithDefault("PT2S")
    Duration cacheFor();

    /** Sessions, operators and verified credentials in memory, each. */
    @WithDefault("10000")
    int cacheSize();

    /** How long a verified Basic credential is not verified again. */
    @WithDefault("PT1M")
    Duration basicFor();

    /** How long one question to the database may take. */
    @WithDefault("PT3S")
    Duration queryTimeout();

    /** How long a ticket may be used. */
    @WithDefault("PT30S")
    Duration ticketFor();

    /** Work factor of password hashes; each step doubles the time. */
    @WithDefault("12")
    int bcryptCost();

    /** Threads that verify passwords, which takes some 100 ms each. */
    @WithDefault("2")
    int passwordThreads();

    /** Log-ins that wait for a thread. More: 503. */
    @WithDefault("64")
    int passwordQueue();

    /** Least number of characters of a new operator's password. */
    @WithDefault("10")
    int passwordMinLength();

    /** How long entries of the audit are kept. */
    @WithDefault("P365D")
    Duration auditRetention();

    ThrottleConfig throttle();

    /** Against guessing of passwords. */
    interface ThrottleConfig {
        /** Failed log-ins of one name from one address in a window. More: 429. */
        @WithDefault("5")
        int perName();

        /** Failed log-ins from one address (IPv6: its /64) in a window. More: 429. */
        @WithDefault("30")
        int perAddress();

        /** Length of the window in which failed log-ins are counted. */
        @WithDefault("PT1M")
        Duration window();

        /** Addresses and names remembered. More: the oldest is forgotten. */
        @WithDefault("20000")
        int size();
    }
}
