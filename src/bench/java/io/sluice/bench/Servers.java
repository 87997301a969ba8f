package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts what is measured, by its name in the tables. */
final class Servers {
    static final String SLUICE = "sluice";
    static final String BARE = "bare";
    /** The same once more, a process of its own: the noise. */
    static final String BARE_AGAIN = "bare-again";

    static final String NODE = "node";

    private final Surroundings surroundings;
    private final EndOffsets offsets;
    private final List<String> jvm;

    /** @param jvm options of every server in Java */
    Servers(Surroundings surroundings, EndOffsets offsets, List<String> jvm) {
        this.surroundings = surroundings;
        this.offsets = offsets;
        this.jvm = jvm;
    }

    /** @param devices that Sluice has to know */
    Server start(String name, List<String> devices) throws Exception {
        return switch (name) {
            case SLUICE -> SluiceServer.start(surroundings, jvm, "ingest,live", devices);
            case BARE, BARE_AGAIN -> reference(name, bare(name));
            case NODE -> reference(name, node(name));
            default -> throw new IllegalArgumentException("no server " + name);
        };
    }

    /** The name is that of its topic, too. */
    private Server reference(String name, ChildProcess process) throws Exception {
        offsets.create(name);
        String[] addresses = process.awaitAddress().split(" ");
        return new Server(name, process, addresses[0], addresses.length > 1 ? addresses[1] : null, name, Map.of());
    }

    private ChildProcess bare(String topic) throws IOException {
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of(
                "-cp",
                Surroundings.referenceClassPath(),
                "io.sluice.bench.bare.BareServer",
                surroundings.broker(),
                topic,
                surroundings.certificate().chain().toString(),
                surroundings.certificate().key().toString()));
        return ChildProcess.java(surroundings.log(topic), Map.of(), arguments);
    }

    private ChildProcess node(String topic) throws IOException {
        return ChildProcess.start(
                surroundings.log(topic),
                Map.of("NODE_ENV", "production"),
                List.of("node", "src/bench/target/node/server.mjs", surroundings.broker(), topic));
    }
}
