package io.sluice.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the registry and its directory. */
@ConfigMapping(prefix = "sluice.registry")
public interface RegistryConfig {
    /** Metrics that one profile may list. More: 400. */
    @WithDefault("500")
    int maxProfileMetrics();

    /** How often the last uses of tokens are written to the database. */
    @WithDefault("PT10S")
    Duration tokenUseInterval();

    DirectoryConfig directory();

    ImportConfig importing();

    /** How the in-memory directory is loaded and kept fresh. */
    interface DirectoryConfig {
        /** Devices read in one query while loading. */
        @WithDefault("5000")
        int pageSize();

        /**
         * Changed devices that wait for a refresh. More: everything is loaded anew, which takes seconds and bounds the
         * memory that a mass change costs.
         */
        @WithDefault("10000")
        int maxPending();

        /** How often a silent connection to the database is asked whether it still lives. */
        @WithDefault("PT5S")
        Duration probeInterval();

        /** How long a query may take. Longer: its connection counts as lost. */
        @WithDefault("PT10S")
        Duration queryTimeout();

        /**
         * First pause before the next attempt while the database is away; doubles up to
         * {@code sluice.registry.directory.retry-max}.
         */
        @WithDefault("PT0.2S")
        Duration retryMin();

        /** Longest pause between attempts. */
        @WithDefault("PT5S")
        Duration retryMax();

        /**
         * How long a REST call waits for this instance's directory to know what it wrote. It is answered all the same.
         */
        @WithDefault("PT2S")
        Duration settleTimeout();
    }

    /** Bulk import ({@code POST /api/devices/import}). */
    interface ImportConfig {
        /** Characters of a line of a bulk import. */
        @WithDefault("8192")
        int maxLine();

        /** Devices created in one transaction of a bulk import. */
        @WithDefault("500")
        int batch();
    }
}
