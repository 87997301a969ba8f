package io.sluice.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts what is measured, by its name in the tables. */
final class Servers {
    static final String SLUICE = "sluice";
    static final String BARE = "bare";
    /** The same once more, a process of its own: the noise. */
    static final String BARE_AGAIN = "bare-again";

    /** The same without Kafka. */
    static final String BARE_NOSINK = "bare-nosink";

    /** What {@link #BARE} does, as an endpoint of WebSockets Next. */
    static final String EMPTY = "empty";

    static final String NODE = "node";

    private static final long START_SECONDS = 30;

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
            case BARE, BARE_AGAIN -> reference(name, bare(surroundings.broker(), name));
            case BARE_NOSINK -> reference(name, bare("none", name));
            case EMPTY -> empty();
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

    private ChildProcess bare(String bootstrap, String topic) throws IOException {
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of(
                "-cp",
                Surroundings.referenceClassPath(),
                "io.sluice.bench.bare.BareServer",
                bootstrap,
                topic,
                surroundings.certificate().chain().toString(),
                surroundings.certificate().key().toString()));
        return ChildProcess.java(surroundings.log(topic), Map.of(), arguments);
    }

    private Server empty() throws Exception {
        offsets.create(EMPTY);
        int port = SluiceServer.freePort();
        int securePort = SluiceServer.freePort();
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of(
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.ssl-port=" + securePort,
                "-Dquarkus.tls.key-store.pem.0.cert="
                        + surroundings.certificate().chain(),
                "-Dquarkus.tls.key-store.pem.0.key="
                        + surroundings.certificate().key(),
                "-Dkafka.bootstrap.servers=" + surroundings.broker(),
                "-Dbench.topic=" + EMPTY,
                "-jar",
                Surroundings.emptyRunner().toString()));
        ChildProcess process = ChildProcess.java(surroundings.log(EMPTY), Map.of(), arguments);
        awaitListening(process, port);
        awaitListening(process, securePort);
        return new Server(EMPTY, process, "127.0.0.1:" + port, "127.0.0.1:" + securePort, EMPTY, Map.of());
    }

    private static void awaitListening(ChildProcess process, int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (java.net.Socket listening = new java.net.Socket("127.0.0.1", port)) {
                return;
            } catch (ConnectException notYet) {
                Thread.sleep(100);
            }
        }
        process.close();
        throw new IOException("nobody listens, see " + process.log());
    }

    private ChildProcess node(String topic) throws IOException {
        return ChildProcess.start(
                surroundings.log(topic),
                Map.of("NODE_ENV", "production"),
                List.of("node", "src/bench/target/node/server.mjs", surroundings.broker(), topic));
    }
}
