package io.sluice.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What is stored of rollups, for how long, and what one question may cost. */
@ConfigMapping(prefix = "sluice.history")
public interface HistoryConfig {
    /** Lengths of window that may be asked for: those that the rollups send. */
    @WithDefault("${sluice.rollup.history-windows:1m}")
    List<String> windows();

    /**
     * Days (UTC) older than this are dropped as a whole, within an hour. What still comes for them is not stored, but
     * counted.
     */
    @WithDefault("P30D")
    Duration retention();

    /**
     * Rollups written in one statement. Also what is in memory while the database is away, twice at most, beside 4 MiB
     * of the Kafka client's.
     */
    @WithDefault("1000")
    int batch();

    /** Consumer group that reads {@code rollups.history}. */
    @WithDefault("sluice-rollup-history")
    String groupId();

    /**
     * First pause before a write is tried again while the database is away; grows up to
     * {@code sluice.history.retry-max}.
     */
    @WithDefault("PT0.2S")
    Duration retryMin();

    /** Longest pause between attempts to write. */
    @WithDefault("PT10S")
    Duration retryMax();

    /** How long a statement may take. Longer: a write is tried again, a question is answered 503. */
    @WithDefault("PT10S")
    Duration queryTimeout();

    /** Questions worked on at a time in this process. More: 503. */
    @WithDefault("8")
    int maxQueries();

    /**
     * Connections of the database's pool that the history has at a time in this process, counted until they are back. More
     * fail as if the database were away. Below {@code quarkus.datasource.reactive.max-size}, so that the registry has some.
     */
    @WithDefault("12")
    int maxConnections();

    /** Rows that one answer is made of. More: it ends early and says where to go on. */
    @WithDefault("50000")
    int maxRows();
}
