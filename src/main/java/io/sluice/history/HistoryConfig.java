package io.sluice.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What is stored of rollups, for how long, and what one question may cost. */
@ConfigMapping(prefix = "sluice.history")
public interface HistoryConfig {
    /** Lengths of window that may be asked for; those that the rollup room sends. */
    @WithDefault("${sluice.rollup.history-windows:1m}")
    List<String> windows();

    /** Days that are older are dropped as a whole, and what comes for them is not stored but counted. */
    @WithDefault("P30D")
    Duration retention();

    /** Rollups written in one statement; also what is in memory while the database is away, twice at most. */
    @WithDefault("1000")
    int batch();

    /** Name of the consumer group that reads the topic. */
    @WithDefault("sluice-rollup-history")
    String groupId();

    /** First pause before the next attempt while the database is away; grows up to the longest. */
    @WithDefault("PT0.2S")
    Duration retryMin();

    /** Longest pause between attempts. */
    @WithDefault("PT10S")
    Duration retryMax();

    /** How long a statement may take: a write is then tried again, a question is answered 503. */
    @WithDefault("PT10S")
    Duration queryTimeout();

    /** Questions that are worked on at a time in this process. More: 503. */
    @WithDefault("8")
    int maxQueries();

    /**
     * Connections of the database's pool that the history has at a time in this process, counted until they are back. More
     * fail as if the database were away. Below {@code quarkus.datasource.reactive.max-size}, so that the registry has some.
     */
    @WithDefault("12")
    int maxConnections();

    /** Rows that one answer is made of; beyond, it ends early and says where to go on. */
    @WithDefault("50000")
    int maxRows();
}
