package io.sluice.rollup;

import io.quarkus.runtime.configuration.MemorySize;
import io.sluice.senml.DecoderLimits;
import io.sluice.senml.JsonPackDecoder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** One process that makes rollups, without the rest of the application; as a program, so that it can be killed. */
final class RollupMember {
    private RollupMember() {}

    /** Arguments: broker, folder of the state. Ends when its standard input does. */
    public static void main(String[] arguments) throws IOException {
        StreamsRun run = start(arguments[0], Path.of(arguments[1]));
        while (System.in.read() >= 0) {
            // nothing is said
        }
        run.close();
    }

    static StreamsRun start(String broker, Path state) {
        RollupConfig config = config(state);
        BrokerInputEnd inputEnd = new BrokerInputEnd(System::currentTimeMillis);
        BrokerGroupTime groupTime = new BrokerGroupTime(config.applicationId());
        RollupCounters counters = new RollupCounters();
        Function<Interims, Topology> topology = interims -> new RollupTopology(
                        RollupStreams.plan(config),
                        RollupStreams.groups(config),
                        config.maxIdleDevices(),
                        inputEnd,
                        groupTime,
                        counters,
                        interims)
                .build(() -> new JsonPackDecoder(DecoderLimits.DEFAULT), Stores::persistentKeyValueStore);
        StreamsRun run = new StreamsRun(
                config,
                new StreamsSettings(config, Map.of("bootstrap.servers", broker)),
                topology,
                counters,
                inputEnd,
                groupTime,
                new ThreadReplacement(5, System::currentTimeMillis));
        run.start();
        return run;
    }

    private static RollupConfig config(Path state) {
        Map<String, Object> values = Map.ofEntries(
                Map.entry("windows", List.of("1s", "10s")),
                Map.entry("historyWindows", List.of()),
                Map.entry("grace", Duration.ofSeconds(2)),
                Map.entry("emitInterval", Duration.ofMillis(100)),
                Map.entry("commitInterval", Duration.ofMillis(100)),
                Map.entry("endInterval", Duration.ofSeconds(1)),
                Map.entry("stateDir", state),
                Map.entry("threads", 1),
                Map.entry("applicationId", "sluice-rollup"),
                Map.entry("replication", (short) 1),
                Map.entry("maxOpenWindows", 10_000),
                Map.entry("maxIdleDevices", 2),
                Map.entry("groupReach", Duration.ofDays(7)),
                Map.entry("maxGroupWindows", 10_000),
                Map.entry("maxOpenGroupWindows", 1_000),
                Map.entry("maxTextLength", 100),
                Map.entry("diskMemory", new MemorySize(BigInteger.valueOf(8 << 20))),
                Map.entry("sessionTimeout", Duration.ofSeconds(6)),
                Map.entry("closeTimeout", Duration.ofSeconds(2)),
                Map.entry("maxThreadReplacements", 5));
        return (RollupConfig) Proxy.newProxyInstance(
                RollupConfig.class.getClassLoader(),
                new Class<?>[] {RollupConfig.class},
                (proxy, method, none) -> values.get(method.getName()));
    }
}
