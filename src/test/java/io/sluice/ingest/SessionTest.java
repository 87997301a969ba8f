package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.platform.ReadGate.Reason;
import io.sluice.protocol.CloseCode;
import io.sluice.protocol.Numbering;
import io.sluice.telemetry.Profile;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbering, acknowledgements, credit and closing (device protocol sections 2, 4 and 5), without socket or Kafka. */
class SessionTest {
    @Test
    void acknowledgesAtOnceWhatCoversEverythingReceived() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        assertThat(f.take()).isEmpty();
        f.log.acknowledge(1);
        assertThat(f.take()).containsExactly("{\"ack\":1}");
    }

    @Test
    void countsFromNext() {
        SessionFixture f = new SessionFixture(8, 41, new FakeLog(), Profile.DEFAULT);
        f.pack();
        f.pack();
        f.log.acknowledgeAll();
        assertThat(f.take()).containsExactly("{\"ack\":42}");
        assertThat(f.log.entries()).extracting(LogEntry::seq).containsExactly(41L, 42L);
    }

    @Test
    void coalescesWhatIsLessThanHalfTheWindow() {
        SessionFixture f = SessionFixture.withWindow(10);
        for (int i = 0; i < 9; i++) {
            f.pack();
        }
        f.log.acknowledge(1);
        f.log.acknowledge(1);
        assertThat(f.take()).isEmpty();
        f.pass(49);
        assertThat(f.take()).isEmpty();
        f.pass(1);
        assertThat(f.take()).containsExactly("{\"ack\":2}");
        f.log.acknowledge(5);
        assertThat(f.take()).as("half the window").containsExactly("{\"ack\":7}");
        f.pass(1_000);
        assertThat(f.take()).as("nothing new").isEmpty();
    }

    @Test
    void acknowledgesInOrderWhateverKafkaAnswersFirst() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.message("[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2,\"t\":1000000000}]");
        f.pack();
        assertThat(f.log.pending()).isEqualTo(3);
        f.take();
        f.log.acknowledge(1);
        assertThat(f.take()).as("the dead letter of 1 is still out").isEmpty();
        f.log.acknowledge(2);
        assertThat(f.take()).containsExactly("{\"ack\":2}");
    }

    @Test
    void rejectsBeforeTheCoveringAckAndWritesOneDeadLetterPerCode() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.message(
                "[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2,\"t\":1000000000},{\"n\":\"c\",\"v\":3,\"t\":1000000001},"
                        + "{\"n\":\"d\",\"v\":4,\"t\":9000000000}]");
        assertThat(f.log.entries())
                .extracting(entry -> entry.reason() == null
                        ? "accepted"
                        : entry.reason().code().wireName())
                .containsExactly("accepted", "stale-time", "future-time");
        f.log.acknowledgeAll();
        assertThat(f.take())
                .satisfiesExactly(
                        stale -> assertThat(stale).contains("\"stale-time\"").endsWith("\"records\":[1,2]}}"),
                        future -> assertThat(future).contains("\"future-time\"").endsWith("\"records\":[3]}}"),
                        ack -> assertThat(ack).isEqualTo("{\"ack\":1}"));
    }

    @Test
    void acknowledgesAMessageOfBaseFieldsWithoutWriting() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.message("[{\"bn\":\"x\"}]");
        assertThat(f.log.entries()).isEmpty();
        assertThat(f.take()).containsExactly("{\"ack\":1}");
    }

    @Test
    void stopsTakingAtTheWindowAndGoesOnWhenItMoves() {
        SessionFixture f = SessionFixture.withWindow(4);
        for (int i = 0; i < 4; i++) {
            assertThat(f.pauses).isEmpty();
            f.pack();
        }
        assertThat(f.pauses).containsExactly(Reason.WINDOW);
        f.log.acknowledge(1);
        assertThat(f.pauses).isEmpty();
    }

    @Test
    void stopsTakingWhenTheLogIsFull() {
        FakeLog log = new FakeLog(500);
        SessionFixture f = new SessionFixture(100, 1, log, Profile.DEFAULT);
        f.pack();
        f.pack();
        assertThat(f.pauses).containsExactly(Reason.BYTES);
        log.acknowledgeAll();
        assertThat(f.pauses).isEmpty();
    }

    @Test
    void acknowledgesNothingAtOrAfterAFailedSend() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        f.pack();
        f.pack();
        f.log.acknowledge(1);
        f.log.fail(new IOException("refused for good"));
        f.log.acknowledge(1);
        assertThat(f.closed).isEqualTo(CloseCode.INTERNAL);
        f.pass(1_000);
        assertThat(f.take()).containsExactly("{\"ack\":1}");
        f.pack();
        assertThat(f.log.pending()).as("nothing later is sent").isZero();
    }

    @Test
    void waitsForKafkaBeforeAPoisonClose() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        f.session.poisoned(CloseCode.TOO_BIG, "more than 65536 octets");
        assertThat(f.closed).isNull();
        assertThat(f.pauses).contains(Reason.CLOSING);
        f.log.acknowledgeAll();
        assertThat(f.take()).containsExactly("{\"ack\":1}");
        assertThat(f.closed).isEqualTo(CloseCode.TOO_BIG);
        LogEntry note = f.log.entries().get(1);
        assertThat(note.seq()).as("its number goes to the next message").isEqualTo(2);
        assertThat(note.value()).as("without payload").isEmpty();
    }

    @Test
    void waitsNoLongerThanTheFlushTimeout() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        f.pack();
        f.session.closeAfterFlush(CloseCode.RESTART, "restart");
        f.log.acknowledge(1);
        f.pass(4_999);
        assertThat(f.closed).isNull();
        f.pass(1);
        assertThat(f.closed).isEqualTo(CloseCode.RESTART);
        assertThat(f.take()).containsExactly("{\"ack\":1}");
    }

    @Test
    void closesAfterTwentyMalformedMessagesInARow() {
        SessionFixture f = SessionFixture.withWindow(100);
        for (int i = 0; i < 19; i++) {
            f.message("nonsense");
        }
        f.pack();
        for (int i = 0; i < 20; i++) {
            assertThat(f.closed).isNull();
            f.message("nonsense");
        }
        f.log.acknowledgeAll();
        assertThat(f.closed).isEqualTo(CloseCode.POLICY);
        assertThat(f.take()).hasSize(40).last().isEqualTo("{\"ack\":40}");
    }

    @Test
    void countsNoControlFrames() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.message(" {\"result\":{\"id\":\"1\"}}");
        f.message("{\"result\":");
        f.pack();
        f.log.acknowledgeAll();
        assertThat(f.take())
                .satisfiesExactly(
                        unknown -> assertThat(unknown).startsWith("{\"error\":{\"code\":\"unknown-control\""),
                        malformed -> assertThat(malformed).startsWith("{\"error\":{\"code\":\"malformed-control\""),
                        ack -> assertThat(ack).isEqualTo("{\"ack\":1}"));
    }

    @Test
    void keepsOneMessageWhileOthersHaveFilledTheLog() {
        FakeLog log = new FakeLog(200);
        SessionFixture filler = new SessionFixture(8, 1, log, Profile.DEFAULT);
        SessionFixture f = new SessionFixture(8, 1, log, Profile.DEFAULT);
        log.onRelief(f.session::release);
        filler.pack();
        assertThat(log.isFull()).isTrue();
        f.pack();
        assertThat(log.entries()).hasSize(1);
        assertThat(f.taken).isZero();
        assertThat(f.pauses).containsExactly(Reason.BYTES);

        log.acknowledgeAll();
        assertThat(log.entries()).hasSize(2);
        assertThat(f.taken).isOne();
        log.acknowledgeAll();
        assertThat(f.take()).containsExactly("{\"ack\":1}");
    }

    @Test
    void sendsNothingBehindWhatFailedAtOnce() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        f.log.refuse();
        f.message("[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":1,\"t\":1}]");
        assertThat(f.closed).isEqualTo(CloseCode.INTERNAL);
        f.pack();
        assertThat(f.log.entries()).hasSize(1);
        f.log.acknowledgeAll();
        assertThat(f.take()).noneMatch(frame -> frame.equals("{\"ack\":2}"));
    }

    @Test
    void takesDataUntilTheRestartsClose() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        f.session.restart();
        f.pack();
        assertThat(f.closed).isNull();
        f.log.acknowledgeAll();
        assertThat(f.closed).isEqualTo(CloseCode.RESTART);
        assertThat(f.take()).containsExactly("{\"ack\":2}");
    }

    @Test
    void endsARestartOfADeviceThatGoesOnSending() {
        SessionFixture f = SessionFixture.withWindow(8);
        f.pack();
        f.session.restart();
        f.pass(2_500);
        f.pack();
        f.log.acknowledgeAll();
        assertThat(f.closed).isEqualTo(CloseCode.RESTART);
        assertThat(f.take()).containsExactly("{\"ack\":1}");
    }

    @Test
    void closesWhenTheNumbersAreUsedUp() {
        SessionFixture f = new SessionFixture(8, Numbering.MAX, new FakeLog(), Profile.DEFAULT);
        f.pack();
        f.pack();
        f.log.acknowledgeAll();
        assertThat(f.closed).isEqualTo(CloseCode.POLICY);
        assertThat(f.take()).containsExactly("{\"ack\":9007199254740991}");
    }

    @Test
    void slowsADeviceDownOncePerPause() {
        SessionFixture f = new SessionFixture(100, 1, new FakeLog(), new Profile("p", false, 10, 2, Map.of()));
        f.pack();
        f.pack();
        assertThat(f.take()).isEmpty();
        f.pack();
        assertThat(f.take()).containsExactly("{\"slowdown\":{\"retryAfterMs\":100}}");
        assertThat(f.pauses).containsExactly(Reason.RATE);
        f.pass(99);
        assertThat(f.pauses).containsExactly(Reason.RATE);
        f.pass(1);
        assertThat(f.pauses).isEmpty();
    }

    @Test
    void closesADeviceThatNeverWaitsOnlyAfterItsPatience() {
        SessionFixture f = new SessionFixture(1_000, 1, new FakeLog(), new Profile("p", false, 1, 1, Map.of()));
        f.holding = true;
        int seconds = sendTwoReadingsWheneverAllowed(f, 100);
        assertThat(f.closed).isEqualTo(CloseCode.RATE);
        assertThat(seconds).isBetween(31, 35);
    }

    @Test
    void neverClosesADeviceThatWaits() {
        SessionFixture f = new SessionFixture(1_000, 1, new FakeLog(), new Profile("p", false, 1, 1, Map.of()));
        sendTwoReadingsWheneverAllowed(f, 100);
        assertThat(f.closed).isNull();
        assertThat(f.take()).filteredOn(frame -> frame.contains("slowdown")).hasSizeGreaterThan(40);
    }

    private static int sendTwoReadingsWheneverAllowed(SessionFixture f, int seconds) {
        int passed = 0;
        while (f.closed == null && passed < seconds) {
            if (f.pauses.isEmpty()) {
                f.message("[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":1}]");
                f.log.acknowledgeAll();
            }
            f.pass(1_000);
            passed++;
        }
        return passed;
    }

    @Test
    void acknowledgesNeverMoreThanIsDurableWhateverTheOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        SessionFixture f = SessionFixture.withWindow(16);
        long acknowledged = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextBoolean() && !f.pauses.contains(Reason.WINDOW)) {
                f.message(random.nextInt(4) == 0 ? "bad" : "[{\"n\":\"a\",\"v\":1}]");
                f.pauses.remove(Reason.RATE);
                if (f.closed != null) {
                    break;
                }
            } else if (f.log.pending() > 0) {
                f.log.acknowledge(1 + random.nextInt(f.log.pending()));
            }
            f.pass(random.nextInt(20));
            long out = f.log.pending() == 0
                    ? Long.MAX_VALUE
                    : f.log.entries()
                            .get(f.log.entries().size() - f.log.pending())
                            .seq();
            for (String frame : f.take()) {
                if (frame.startsWith("{\"ack\":")) {
                    long ack = Long.parseLong(frame.substring(7, frame.length() - 1));
                    assertThat(ack)
                            .as("seed %d", seed)
                            .isGreaterThan(acknowledged)
                            .isLessThan(out);
                    acknowledged = ack;
                }
            }
        }
        f.log.acknowledgeAll();
        assertThat(acknowledged).as("seed %d", seed).isPositive();
    }
}
