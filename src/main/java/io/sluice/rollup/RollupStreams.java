package io.sluice.rollup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.platform.BrokerConnection;
import io.sluice.senml.DecoderLimits;
import io.sluice.senml.JsonPackDecoder;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rollups in this process where its roles say so.
 *
 * <p>There is no {@link Topology} bean on purpose: Quarkus would start it at once and, at the end, wait without limit for a
 * broker that may be dead.
 */
@Singleton
class RollupStreams {
    /** Above all that ingest can be configured to let through: what is on the topic was judged already. */
    private static final DecoderLimits NO_SECOND_JUDGEMENT = new DecoderLimits(1_000_000, 64 << 20);

    private final RollupConfig config;
    private final RollupCounters counters;
    private final BrokerConnection broker;
    private final Set<String> roles;
    private final ThreadReplacement replacement;
    private @Nullable StreamsRun run;

    RollupStreams(
            RollupConfig config,
            RollupCounters counters,
            BrokerConnection broker,
            @ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") Set<String> roles) {
        this.config = config;
        this.counters = counters;
        this.broker = broker;
        this.roles = roles;
        this.replacement = new ThreadReplacement(config.maxThreadReplacements(), System::currentTimeMillis);
    }

    void start(@Observes StartupEvent event) {
        if (roles.contains("rollup")) {
            RollupPlan plan = plan(config);
            BrokerInputEnd inputEnd = new BrokerInputEnd(System::currentTimeMillis);
            BrokerGroupTime groupTime = new BrokerGroupTime(config.applicationId());
            Function<Interims, Topology> topology = interims -> new RollupTopology(
                            plan, groups(config), config.maxIdleDevices(), inputEnd, groupTime, counters, interims)
                    .build(() -> new JsonPackDecoder(NO_SECOND_JUDGEMENT), Stores::persistentKeyValueStore);
            run = new StreamsRun(
                    config,
                    new StreamsSettings(config, broker.settings()),
                    topology,
                    counters,
                    inputEnd,
                    groupTime,
                    replacement);
            run.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (run != null) {
            run.close();
        }
    }

    boolean hasGivenUp() {
        return replacement.hasGivenUp();
    }

    static GroupPlan groups(RollupConfig config) {
        return new GroupPlan(config.groupReach().toMillis(), config.maxGroupWindows(), config.maxOpenGroupWindows());
    }

    static RollupPlan plan(RollupConfig config) {
        return new RollupPlan(
                config.windows().stream().map(Window::parse).toList(),
                config.grace().toMillis(),
                config.maxOpenWindows(),
                config.maxTextLength(),
                config.historyWindows().stream().map(Window::parse).collect(Collectors.toSet()));
    }
}
