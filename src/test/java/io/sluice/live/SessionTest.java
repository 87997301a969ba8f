package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.AsyncApi;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTest {
    private long now = 100_000;
    private final BoardFixture fixture = BoardFixture.rollups();
    private LiveConfig config = LiveConfigs.with("max-pending-bytes", "2000", "max-subscriptions", "3", "queue", "5");
    private final Pulse pulse = new Pulse(() -> now, () -> {});
    private final FakeSink sink = new FakeSink();
    private final List<Long> delivered = new ArrayList<>();

    /** Remembers frames; what is written completes when the test says so. */
    private static final class FakeSink implements Sink {
        final List<String> frames = new ArrayList<>();
        final Deque<Runnable> writing = new ArrayDeque<>();
        boolean reads = true;
        int pings;

        @Nullable
        CloseCode closed;

        @Override
        public void send(Frame frame, Runnable done) {
            frames.add(frame.text());
            if (reads) {
                done.run();
            } else {
                writing.add(done);
            }
        }

        @Override
        public void ping(Runnable done) {
            pings++;
            done.run();
        }

        @Override
        public boolean answersPings() {
            return true;
        }

        @Override
        public void close(CloseCode code) {
            closed = code;
        }

        void readOn() {
            reads = true;
            while (!writing.isEmpty()) {
                writing.remove().run();
            }
        }
    }

    private Session open() {
        Map<Channel, Board> boards = new EnumMap<>(Channel.class);
        boards.put(Channel.ROLLUPS, fixture.board);
        Pages pages = new Pages(config.frameItems(), config.frameBytes());
        ClientFrameParser parser = new ClientFrameParser(config.maxFrameBytes(), config.maxNames(), config.windows());
        return new Session(
                "s", sink, new Desk(config, boards, Map.of(), pulse, pages, parser, delivered::add, () -> now));
    }

    private static String subscribe(long id, String more) {
        return "{\"subscribe\":{\"id\":" + id + ",\"channel\":\"rollups\",\"maxHz\":4" + more + "}}";
    }

    private void beat() {
        now += 250;
        pulse.runTasks();
        pulse.beat();
    }

    @Test
    void welcomesSubscribesAndAnswersPings() {
        Session session = open();
        session.welcome(List.of("viewer"), 42);
        session.received("{\"ping\":{}}");
        session.received(subscribe(1, ""));
        beat();
        assertThat(sink.frames.get(0))
                .isEqualTo("{\"welcome\":{\"session\":\"s\",\"time\":100000,\"windows\":[\"1s\",\"10s\",\"1m\"],"
                        + "\"roles\":[\"viewer\"],\"lagMs\":42}}");
        assertThat(sink.frames.get(1)).isEqualTo("{\"pong\":{}}");
        assertThat(sink.frames.get(2)).startsWith("{\"snapshot\":{\"id\":1,");
        fixture.put("a", 1, "1");
        beat();
        assertThat(sink.frames.get(3)).startsWith("{\"update\":{\"id\":1,");
        session.received("{\"unsubscribe\":{\"id\":1}}");
        fixture.put("a", 1, "2");
        beat();
        assertThat(sink.frames).hasSize(4);
    }

    @Test
    void aReadingsWayEndsWhenItsFrameIsWrittenAndASnapshotTellsNothing() {
        Session session = open();
        fixture.arrived = now - 5_000;
        fixture.put("a", 1, "1");
        session.received(subscribe(1, ""));
        beat();
        fixture.arrived = now - 70;
        fixture.put("a", 1, "2");
        fixture.arrived = now - 30;
        fixture.put("b", 1, "3");
        sink.reads = false;
        beat();
        assertThat(delivered).isEmpty();
        now += 1_000;
        sink.readOn();
        assertThat(delivered).containsExactly(70L + 250 + 1_000);
    }

    @Test
    void anIdIsUsedOnceAndSubscriptionsAreBounded() {
        Session session = open();
        session.received(subscribe(1, ""));
        session.received("{\"unsubscribe\":{\"id\":1}}");
        session.received(subscribe(1, ""));
        assertThat(sink.frames).hasSize(1);
        assertThat(sink.frames.get(0)).contains("\"id\":1", "duplicate-id");
        session.received(subscribe(2, ""));
        session.received(subscribe(3, ""));
        session.received(subscribe(4, ""));
        session.received(subscribe(5, ""));
        assertThat(sink.frames).hasSize(2);
        assertThat(sink.frames.get(1)).contains("\"id\":5", "too-many");
    }

    @Test
    void aClientThatDoesNotReadHasOneFrameOnItsWayAndGetsTheNewestAfterwards() {
        Session session = open();
        session.received(subscribe(1, ""));
        sink.reads = false;
        beat();
        for (int i = 0; i < 1_000; i++) {
            fixture.put("a", 1, String.valueOf(i));
            beat();
        }
        assertThat(sink.frames).hasSize(1);
        assertThat(sink.closed).isNull();
        sink.readOn();
        pulse.runTasks();
        beat();
        assertThat(sink.frames).hasSize(2);
        assertThat(sink.frames.get(1)).contains("\"items\":[999]");
    }

    @Test
    void manySubscriptionsOfAClientThatDoesNotReadStayWithinItsOctets() {
        for (int i = 0; i < 300; i++) {
            fixture.put("a", i, "1000000");
        }
        Session session = open();
        sink.reads = false;
        session.received(subscribe(1, ""));
        session.received(subscribe(2, ""));
        beat();
        assertThat(sink.frames).hasSize(1);
        sink.readOn();
        pulse.runTasks();
        beat();
        assertThat(sink.frames).hasSize(2);
    }

    @Test
    void modeAllThatDoesNotReadIsClosedWhenItsQueueIsFull() {
        Session session = open();
        sink.reads = false;
        session.received(subscribe(1, ",\"mode\":\"all\""));
        beat();
        for (int i = 0; i < 5; i++) {
            fixture.putFinal("a", i, "1");
        }
        for (int i = 0; i < 8; i++) {
            beat();
        }
        assertThat(sink.closed).isNull();
        fixture.putFinal("a", 5, "1");
        beat();
        assertThat(sink.closed).isEqualTo(CloseCode.TOO_SLOW);
    }

    @Test
    void aClientThatReadsAndDoesNotPongIsGivenUp() {
        Session session = open();
        for (int second = 0; second < 59; second++) {
            now += 1_000;
            session.heartbeat(now);
        }
        assertThat(sink.pings).isEqualTo(2);
        assertThat(sink.closed).isNull();
        session.heard();
        for (int second = 0; second < 60; second++) {
            now += 1_000;
            session.heartbeat(now);
        }
        assertThat(sink.closed).isNull();
        now += 1_000;
        session.heartbeat(now);
        assertThat(sink.closed).isEqualTo(CloseCode.HEARTBEAT);
    }

    @Test
    void aClientThatDoesNotReadIsNotGivenUp() {
        Session session = open();
        sink.reads = false;
        session.received("{\"ping\":{}}");
        for (int second = 0; second < 600; second++) {
            now += 1_000;
            session.heartbeat(now);
        }
        assertThat(sink.closed).isNull();
    }

    @Test
    void badFramesAndUnreadAnswersAreBounded() {
        Session session = open();
        for (int i = 0; i < 20; i++) {
            session.received("x");
        }
        session.received("{\"ping\":{}}");
        for (int i = 0; i < 20; i++) {
            session.receivedBinary();
        }
        assertThat(sink.closed).isNull();
        session.received("x");
        assertThat(sink.closed).isEqualTo(CloseCode.POLICY);

        sink.closed = null;
        sink.reads = false;
        Session silent = open();
        for (int i = 0; i < 64; i++) {
            silent.received("{\"ping\":{}}");
        }
        assertThat(sink.closed).isNull();
        silent.received("{\"ping\":{}}");
        assertThat(sink.closed).isEqualTo(CloseCode.POLICY);
    }

    @Test
    void aStoppingInstanceSaysWhenToComeBack() throws IOException {
        Session session = open();
        session.goaway(1_234);
        assertThat(sink.frames).containsExactly("{\"goaway\":{\"reason\":\"restart\",\"reconnectAfterMs\":1234}}");
        AsyncApi.read().check("liveFrame", new ObjectMapper().readTree(sink.frames.get(0)));
        assertThat(sink.closed).isEqualTo(CloseCode.RESTART);
    }
}
