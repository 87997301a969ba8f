package io.sluice.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.sluice.platform.GuardedWebSocket;
import io.sluice.platform.WireLimits;
import io.sluice.protocol.Encoding;
import io.sluice.registry.Admission;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Device connections of one instance, without server, network and Kafka. */
final class EmbeddedInstance {
    private static final WireLimits WIRE = new WireLimits(65_536, Duration.ofSeconds(10), Duration.ofSeconds(2));

    final IngestServices services;
    final Takeovers takeovers;
    final FakeDirectory directory = new FakeDirectory();
    final FakeLog log = new FakeLog();

    /** @param settings without their prefix */
    EmbeddedInstance(Announcements announcements, Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(IngestConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("sluice.ingest." + name, value));
        IngestConfig config = builder.build().getConfigMapping(IngestConfig.class);
        Connections connections = new Connections();
        IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry(), connections, log);
        services = new IngestServices(
                config,
                directory,
                log,
                announcements,
                connections,
                metrics,
                new DeviceMemories(config),
                Set.of("ingest"));
        takeovers = new Takeovers(connections);
    }

    /** A connection of the device whose handshake has been let pass. */
    Peer admit(String device) {
        return new Peer(device);
    }

    /** The device's end. */
    final class Peer {
        final DeviceConnection connection;
        private final EmbeddedChannel channel = new EmbeddedChannel();

        private Peer(String device) {
            channel.pipeline().addLast("httpDecoder", new HttpRequestDecoder());
            channel.pipeline().addLast("httpEncoder", new HttpResponseEncoder());
            channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter());
            GuardedWebSocket socket = GuardedWebSocket.install(channel.pipeline(), WIRE);
            channel.pipeline().remove("httpDecoder");
            channel.pipeline().remove("httpEncoder");
            Admission.Admitted admitted =
                    (Admission.Admitted) directory.with(device).authenticate(device, "token-" + device);
            DeviceLink link = services.link(admitted, new Handshake.Numbers(null, 1));
            connection = new DeviceConnection(
                    link,
                    Objects.requireNonNull(services.connections().admit(Integer.MAX_VALUE)),
                    Encoding.JSON,
                    socket,
                    services.loop(channel.eventLoop()),
                    services);
        }

        /** Sends a message, also before the connection is opened. */
        Peer say(String text) {
            channel.writeInbound(new TextWebSocketFrame(text));
            return this;
        }

        Peer open() {
            connection.opened();
            return this;
        }

        /** The next text frame. */
        String nextText() {
            channel.runPendingTasks();
            TextWebSocketFrame frame = channel.readOutbound();
            return frame.text();
        }

        /** -1 while there is no close frame. */
        int closeCode() {
            channel.runPendingTasks();
            return channel.outboundMessages().stream()
                    .filter(CloseWebSocketFrame.class::isInstance)
                    .mapToInt(frame -> ((CloseWebSocketFrame) frame).statusCode())
                    .findFirst()
                    .orElse(-1);
        }
    }
}
