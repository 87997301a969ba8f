package io.sluice.bench.bare;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Parses each message with Jackson's streaming parser, produces it as it came with {@code acks=all}, acknowledges
 * cumulatively. No identity, no rules, no resolved form, no numbers in the log, no bound on anything.
 */
public final class BareServer {
    private static final int MAX_FRAME = 65_536;
    private static final String NO_SINK = "none";

    private BareServer() {}

    /**
     * Arguments: bootstrap servers ({@value #NO_SINK} to leave Kafka out), topic, and the PEM files of certificate and key.
     * Prints where it listens, plain and with TLS; ends with its standard input.
     */
    public static void main(String[] arguments) throws Exception {
        Producer<byte[], byte[]> producer = arguments[0].equals(NO_SINK) ? null : producer(arguments[0]);
        Sink sink = producer == null
                ? (connection, key, message) -> connection.stored(null)
                : kafka(producer, arguments[1]);
        SslContext tls = SslContextBuilder.forServer(new File(arguments[2]), new File(arguments[3]))
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
        Map<EventLoop, Receipts> receipts = new ConcurrentHashMap<>();
        NioEventLoopGroup loops = new NioEventLoopGroup();
        Consumer<Channel> connection = channel -> channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(MAX_FRAME))
                .addLast(new WebSocketServerProtocolHandler(webSocket()))
                .addLast(new BareConnection(sink, receipts.computeIfAbsent(channel.eventLoop(), Receipts::new)));
        String plain = listen(loops, connection);
        String secure = listen(loops, channel -> {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            connection.accept(channel);
        });
        System.out.println("sluice-ready " + plain + " " + secure);
        while (System.in.read() >= 0) {
            // only its end matters
        }
        loops.shutdownGracefully();
        if (producer != null) {
            producer.close();
        }
    }

    private static Sink kafka(Producer<byte[], byte[]> producer, String topic) {
        // Before the first message, so that none waits for it on an event loop.
        producer.partitionsFor(topic);
        return (connection, key, message) -> producer.send(
                new ProducerRecord<>(topic, key, message), (metadata, failure) -> connection.stored(failure));
    }

    private static String listen(NioEventLoopGroup loops, Consumer<Channel> initializer) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initializer.accept(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        return "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Jackson finds bad UTF-8 in what it parses, so Netty's own check, octet by octet, would be paid twice. */
    private static WebSocketServerProtocolConfig webSocket() {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/ingest")
                .checkStartsWith(true)
                .subprotocols("sluice.v1.senml+json")
                .decoderConfig(WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(MAX_FRAME)
                        .allowExtensions(false)
                        .withUTF8Validator(false)
                        .build())
                .build();
    }

    /** The settings of Sluice's own producer, as far as they cost or save work. */
    private static Producer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        64 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
