package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.platform.WirePeer.Cut;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the device endpoint's wire is held to: RFC 6455 strictly, over a real socket, with an echo behind it. All of
 * Autobahn's core cases (groups 1 to 7 and 10) under their numbers, and more. Echoes are exact and in order, a violation
 * ends in its close code after what came before it, and the server ends the connection first.
 */
class Rfc6455Test {
    /** Longer than a peer's patience, so that no row passes because time runs out. */
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Larger rows would take long in single octets, and would show no more. */
    private static final int LARGE = 2_000;

    private static Vertx vertx;
    private static TestTls tls;
    private static EchoServer atOnce;
    private static EchoServer late;
    private static EchoServer encrypted;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        tls = TestTls.create();
        atOnce = new EchoServer(vertx, false, LONG, null);
        late = new EchoServer(vertx, true, LONG, null);
        encrypted = new EchoServer(vertx, true, LONG, tls.server());
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static Stream<WireCase> autobahnRows() {
        return Stream.of(FramingCases.all(), FragmentCases.all(), Utf8Cases.all(), ClosingCases.all())
                .flatMap(rows -> rows);
    }

    static Stream<WireCase> hostileRows() {
        return HostileCases.all();
    }

    static Stream<WireCase> rows() {
        return Stream.concat(autobahnRows(), hostileRows());
    }

    static Stream<WireCase> smallRows() {
        return rows().filter(row -> row.size() < LARGE);
    }

    static Stream<WireCase> everyEighthRow() {
        int[] at = {0};
        return rows().filter(row -> at[0]++ % 8 == 0);
    }

    @Test
    void hasAllOfAutobahnsCoreCases() {
        assertThat(autobahnRows().map(row -> row.toString().split(" ")[0]).distinct())
                .hasSize(247);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void frameByFrame(WireCase row) throws Exception {
        run(row, Cut.AS_WRITTEN, atOnce, plain(atOnce));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void allAtOnceToASlowReceiver(WireCase row) throws Exception {
        run(row, Cut.ONE_WRITE, late, plain(late));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smallRows")
    void octetByOctet(WireCase row) throws Exception {
        run(row, Cut.OCTETS, atOnce, plain(atOnce));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyEighthRow")
    void overTls(WireCase row) throws Exception {
        run(row, Cut.AS_WRITTEN, encrypted, secure(encrypted));
    }

    /** A client has to wait for the answer to its handshake, but one that does not is no reason to lose our way. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileRows")
    void inOneWriteWithTheHandshake(WireCase row) throws Exception {
        run(row, Cut.WITH_HANDSHAKE, late, plain(late));
    }

    @Test
    void endsAConnectionThatItsPeerDoesNotEnd() throws Exception {
        endsWithoutItsPeer(null);
    }

    @Test
    void endsAConnectionThatItsPeerDoesNotEndOverTls() throws Exception {
        endsWithoutItsPeer(tls);
    }

    private static void endsWithoutItsPeer(TestTls security) throws Exception {
        EchoServer server =
                new EchoServer(vertx, false, Duration.ofMillis(50), security == null ? null : security.server());
        WireCase[] rows = {
            WireCase.of("a violation").send(Frame.text("").withRsv(1)).fails(1002),
            WireCase.of("a close").closes()
        };
        for (WireCase row : rows) {
            try (Socket socket = security == null ? plain(server) : secure(server)) {
                new WirePeer(socket).run(row, Cut.AS_WRITTEN);
                assertThat(server.awaitEnd(socket.getLocalPort())).isEqualTo(row.closeCode());
            }
        }
    }

    private static void run(WireCase row, Cut cut, EchoServer server, Socket socket) throws Exception {
        int port = socket.getLocalPort();
        try (socket) {
            new WirePeer(socket).run(row, cut);
        }
        assertThat(server.awaitEnd(port)).as("code that the server tells").isEqualTo(row.closeCode());
    }

    private static Socket plain(EchoServer server) throws IOException {
        return new Socket("localhost", server.port());
    }

    private static Socket secure(EchoServer server) throws IOException {
        return tls.client().getSocketFactory().createSocket("localhost", server.port());
    }
}
