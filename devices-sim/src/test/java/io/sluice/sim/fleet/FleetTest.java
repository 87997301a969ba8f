package io.sluice.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sim.firmware.Message;
import io.sluice.sim.fleet.FakeServer.Connection;
import io.sluice.sim.fleet.FakeServer.Received;
import io.sluice.sim.fleet.FakeServer.Script;
import io.sluice.sim.fleet.Fleet.End;
import io.sluice.sim.fleet.Fleet.Member;
import io.sluice.sim.report.Ledger;
import io.sluice.sim.report.Tally;
import io.sluice.sim.wire.Trust;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole device over real sockets, against a server that misbehaves as the test says. */
@Timeout(60)
class FleetTest {
    private static final long PATIENCE_MS = 20_000;
    private static final String JSON = "sluice.v1.senml+json";

    @TempDir
    Path folder;

    private final Tally tally = new Tally();

    /** So many messages, all due at once. */
    private static final class Burst implements Source {
        private final int messages;
        private final String padding;
        private int made;

        Burst(int messages, String padding) {
            this.messages = messages;
            this.padding = padding;
        }

        @Override
        public boolean hasNext() {
            return made < messages;
        }

        @Override
        public long dueMs() {
            return 0;
        }

        @Override
        public Message next(long nowMs, long wallMs) {
            made++;
            String body = "[{\"n\":\"m\",\"vs\":\"" + made + padding + "\"}]";
            return new Message(body.getBytes(StandardCharsets.UTF_8), true, 1);
        }

        @Override
        public long remaining() {
            return messages - made;
        }

        @Override
        public long skipped() {
            return 0;
        }
    }

    private static Member member(String id, int messages) {
        return new Member(id, "secret", JSON, new Burst(messages, ""));
    }

    private Fleet fleet(FakeServer server, String host, Trust trust, int fragment, Ledger ledger, Member... members)
            throws InterruptedException {
        return new Fleet(
                new Fleet.Settings(server.url(host), trust, fragment, 64, 1_000, 2, false, 42),
                List.of(members),
                tally,
                ledger);
    }

    private Fleet fleet(FakeServer server, Member... members) throws InterruptedException, IOException {
        return fleet(server, "127.0.0.1", Trust.of(null), 0, null, members);
    }

    @Test
    void readsWhatAServerSaysInCbor() throws Exception {
        try (FakeServer server = new FakeServer(new Script() {});
                Fleet fleet = fleet(server, new Member("a", "secret", "sluice.v1.senml+cbor", new Burst(300, "")))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(fleet.ends()).containsExactly(new End("a", 0, false));
        }
    }

    @Test
    void bringsEverythingAndWritesTheLedger() throws Exception {
        Path file = folder.resolve("ledger");
        try (FakeServer server = new FakeServer(new Script() {});
                Ledger ledger = new Ledger(file);
                Fleet fleet =
                        fleet(server, "127.0.0.1", Trust.of(null), 0, ledger, member("a", 300), member("b", 300))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(fleet.ends()).containsExactlyInAnyOrder(new End("a", 0, false), new End("b", 0, false));
            assertThat(server.received).hasSize(600);
            assertThat(server.subprotocols).containsExactly(JSON, JSON);
            ledger.flush();
            String epoch = server.received.stream()
                    .filter(message -> message.device().equals("a"))
                    .findFirst()
                    .orElseThrow()
                    .epoch();
            assertThat(Files.readAllLines(file))
                    .hasSize(600)
                    .doesNotHaveDuplicates()
                    .contains("a\t" + epoch + "\t300\t1\t0\t1");
        }
        assertThat(tally.acknowledged.sum()).isEqualTo(600);
        assertThat(tally.oddities()).isEmpty();
    }

    @Test
    void resendsWhatWasNotAcknowledgedWhenTheServerGoesAway() throws Exception {
        Script dropsEveryTenthMessage = new Script() {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            public void data(Connection connection, long number) {
                if (count.incrementAndGet() % 10 == 0 && connection.index < 3) {
                    connection.close(1011);
                } else if (number % 3 == 0 || number == 50) {
                    connection.ack(number);
                }
            }
        };
        try (FakeServer server = new FakeServer(dropsEveryTenthMessage);
                Fleet fleet = fleet(server, member("pump-7", 50))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(server.connections).hasSize(4);
            assertThat(server.received)
                    .extracting(Received::epoch)
                    .containsOnly(server.received.get(0).epoch());
            // Whatever number it had, on whatever connection: the same message.
            assertThat(server.received)
                    .allSatisfy(message -> assertThat(message.body())
                            .isEqualTo("[{\"n\":\"m\",\"vs\":\"" + message.number() + "\"}]"));
            assertThat(server.received.stream().map(Received::number).distinct())
                    .hasSize(50);
        }
        assertThat(tally.acknowledged.sum()).isEqualTo(50);
        assertThat(tally.resent.sum()).isPositive();
        assertThat(tally.reconnects.sum()).isEqualTo(3);
        assertThat(tally.closes()).containsEntry("1011", 3L);
        assertThat(tally.oddities()).isEmpty();
    }

    @Test
    void afterGoawayItComesBackWhenTold() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        Script goesAwayOnce = new Script() {
            @Override
            public void data(Connection connection, long number) {
                times.add(System.nanoTime());
                if (connection.index == 0) {
                    connection.text("{\"goaway\":{\"reason\":\"restart\",\"reconnectAfterMs\":1500}}");
                    connection.close(1012);
                } else {
                    connection.ack(number);
                }
            }
        };
        try (FakeServer server = new FakeServer(goesAwayOnce);
                Fleet fleet = fleet(server, member("pump-7", 1))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(1) - times.get(0)))
                    .isGreaterThanOrEqualTo(1_500);
        }
        assertThat(tally.goaways.sum()).isEqualTo(1);
    }

    @Test
    void aRefusedDeviceIsToldAndDoesNotHoldTheOthersUp() throws Exception {
        Script refusesOne = new Script() {
            @Override
            public int handshake(HttpServerRequest request) {
                // "bad:" in base64
                return request.getHeader("Authorization").startsWith("Basic YmFkO") ? 401 : 101;
            }
        };
        try (FakeServer server = new FakeServer(refusesOne);
                Fleet fleet = fleet(server, member("bad", 5), member("good", 5))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(fleet.ends()).containsExactlyInAnyOrder(new End("bad", 5, true), new End("good", 0, false));
        }
        assertThat(tally.refusals()).isEqualTo(Map.of("401", 1L));
    }

    @Test
    void aTakenOverDeviceStaysAway() throws Exception {
        Script takesOver = new Script() {
            @Override
            public void data(Connection connection, long number) {
                connection.close(4509);
            }
        };
        try (FakeServer server = new FakeServer(takesOver);
                Fleet fleet = fleet(server, member("pump-7", 1))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(fleet.ends()).containsExactly(new End("pump-7", 1, true));
            await().during(2, TimeUnit.SECONDS).until(() -> server.connections.size() == 1);
        }
    }

    @Test
    void fragmentsWithoutBreakingCharacters() throws Exception {
        try (FakeServer server = new FakeServer(new Script() {});
                Fleet fleet = fleet(
                        server,
                        "127.0.0.1",
                        Trust.of(null),
                        16,
                        null,
                        new Member("pump-7", "secret", JSON, new Burst(3, "é°€😀".repeat(20))))) {
            fleet.start();
            assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
            assertThat(server.received).hasSize(3).allSatisfy(message -> {
                assertThat(message.frames()).isGreaterThan(10);
                assertThat(message.body())
                        .isEqualTo("[{\"n\":\"m\",\"vs\":\"" + message.number() + "é°€😀".repeat(20) + "\"}]");
            });
        }
    }

    @Test
    void believesOnlyItsAuthorityAndOnlyTheNameItAskedFor() throws Exception {
        Path key = TestCertificate.create(folder);
        Path ca = TestCertificate.export(folder, key);
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(key.toString()).setPassword(TestCertificate.PASSWORD));
        try (FakeServer server = new FakeServer(new Script() {}, tls)) {
            try (Fleet fleet = fleet(server, "localhost", Trust.of(ca), 0, null, member("good", 5))) {
                fleet.start();
                assertThat(fleet.awaitSettled(PATIENCE_MS)).isTrue();
                assertThat(fleet.ends()).containsExactly(new End("good", 0, false));
            }
            assertNobodyComesIn(server, "127.0.0.1", Trust.of(ca));
            assertNobodyComesIn(server, "localhost", Trust.of(null));
        }
    }

    private void assertNobodyComesIn(FakeServer server, String host, Trust trust) throws InterruptedException {
        long before =
                tally.unreachable().values().stream().mapToLong(Long::longValue).sum();
        try (Fleet fleet = fleet(server, host, trust, 0, null, member("wary", 5))) {
            fleet.start();
            await().until(() -> tally.unreachable().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    > before);
            assertThat(fleet.ends()).containsExactly(new End("wary", 5, false));
            assertThat(server.connections).hasSize(1);
        }
    }
}
