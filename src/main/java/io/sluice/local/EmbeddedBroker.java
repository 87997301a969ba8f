package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker and controller (KRaft) in one process, on loopback, with its data in one folder. */
final class EmbeddedBroker implements ServerMain.Running {
    private final KafkaRaftServer server;
    private final String address;

    private EmbeddedBroker(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /** Arguments: data folder, preferred port. */
    public static void main(String[] arguments) {
        ServerMain.run(() -> start(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
    }

    private static EmbeddedBroker start(Path folder, int preferredPort) throws IOException, InterruptedException {
        FolderLock.hold(folder);
        int port = Ports.firstFreeFrom(preferredPort);
        Properties properties = properties(folder.resolve("log"), port, Ports.firstFreeFrom(0));
        if (!Files.exists(folder.resolve("log").resolve("meta.properties"))) {
            format(folder, properties);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, "127.0.0.1:" + port);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path folder, Properties properties) throws IOException {
        Path file = folder.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, "written at every format; change nothing here");
        }
        int status = StorageTool.execute(
                new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()},
                System.err);
        if (status != 0) {
            throw new IOException("the broker's folder could not be formatted, status " + status);
        }
    }

    private static Properties properties(Path log, int port, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.setProperty("log.dirs", log.toString());
        // One broker: internal topics cannot be replicated, and a group must not wait for members that never come.
        p.setProperty("offsets.topic.num.partitions", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("transaction.state.log.num.partitions", "1");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("auto.create.topics.enable", "false");
        // A small machine: few threads, small buffers, small files that can be removed early.
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        p.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        p.setProperty("transaction.state.log.segment.bytes", Integer.toString(4 << 20));
        p.setProperty("offsets.topic.segment.bytes", Integer.toString(4 << 20));
        p.setProperty("controlled.shutdown.enable", "true");
        p.setProperty("controller.quorum.election.timeout.ms", "200");
        p.setProperty("controller.quorum.fetch.timeout.ms", "1000");
        return p;
    }
}
