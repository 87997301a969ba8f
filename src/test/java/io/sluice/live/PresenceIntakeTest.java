package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import io.sluice.presence.PresenceRecord.Connected;
import io.sluice.presence.PresenceRecord.Disconnected;
import io.sluice.presence.PresenceRecord.Late;
import io.sluice.presence.PresenceRecord.Lease;
import io.sluice.presence.PresenceRecord.Remains;
import io.sluice.presence.PresenceRecord.Repeats;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PresenceIntakeTest {
    private long now = 1_000_000;
    private long offset;
    private final Board board = new Board(Channel.DEVICES, new BoardLimits(100, 1, 0, false, Long.MAX_VALUE));
    private final LastSeen lastSeen = new LastSeen(100);
    private final PresenceIntake intake =
            new PresenceIntake(board, lastSeen, () -> now, 100, new ConnectionHistory(100));

    PresenceIntakeTest() {
        board.begin(1, new long[1]);
    }

    private void take(PresenceRecord record) {
        intake.take(new ConsumerRecord<>(
                "presence", 0, offset++, record.key().getBytes(StandardCharsets.UTF_8), PresenceCodec.encode(record)));
    }

    private String shown() {
        List<byte[]> items = board.latestFirst(Filter.all(), 10).stream()
                .map(Board.Newest::json)
                .toList();
        return new String(Json.join(items), StandardCharsets.UTF_8);
    }

    @Test
    void showsConnectionsAndDisconnections() {
        intake.caughtUp();
        take(new Lease("i1", now + 10_000));
        take(new Connected("d", "g", "s1", "i1", 999_000));
        assertThat(shown())
                .isEqualTo("{\"device\":\"d\",\"connected\":true,\"since\":999000,\"group\":\"g\",\"session\":\"s1\","
                        + "\"lastSeen\":999000}");
        assertThat(intake.isConnected("d")).isTrue();
        take(new Disconnected("d", "g", "s1", "i1", 1_000_500, 4408));
        assertThat(shown())
                .isEqualTo("{\"device\":\"d\",\"connected\":false,\"since\":1000500,\"group\":\"g\",\"session\":\"s1\","
                        + "\"lastSeen\":1000500,\"closeCode\":4408}");
        assertThat(intake.isConnected("d")).isFalse();
        assertThat(intake.connectionsOf("d"))
                .containsExactly(
                        new ConnectionHistory.Past("s1", 999_000L, new ConnectionHistory.End(1_000_500, 4408)));
    }

    @Test
    void aDisconnectOfAnotherSessionIsIgnored() {
        intake.caughtUp();
        take(new Lease("i1", now + 10_000));
        take(new Connected("d", null, "s1", "i1", 1));
        take(new Connected("d", null, "s2", "i1", 2));
        take(new Disconnected("d", null, "s1", "i1", 3, 4509));
        assertThat(shown()).contains("\"connected\":true", "\"session\":\"s2\"");
    }

    @Test
    void afterACompactionTheConnectionThatRemainsIsShown() {
        take(new Lease("i2", now + 10_000));
        take(new Disconnected("d", null, "s1", "i1", 3, 4509));
        take(new Remains("d", "g", "s2", "i2", 2));
        intake.caughtUp();
        assertThat(shown()).contains("\"connected\":true", "\"since\":2,", "\"session\":\"s2\"");
    }

    @Test
    void oneThatRemainsTakesNothingOver() {
        intake.caughtUp();
        take(new Lease("i1", now + 10_000));
        take(new Connected("d", null, "s3", "i1", 4));
        take(new Remains("d", null, "s2", "i2", 2));
        take(new Disconnected("d", null, "s2", "i2", 5, 4509));
        assertThat(shown()).contains("\"connected\":true", "\"session\":\"s3\"");
    }

    @Test
    void aDeviceIsGoneWhenTheLeaseOfItsInstanceRunsOutAndBackWhenItRunsAgain() {
        intake.caughtUp();
        take(new Lease("i1", now + 10_000));
        take(new Connected("d", null, "s1", "i1", 999_000));
        now += 10_001;
        intake.tick();
        assertThat(shown()).contains("\"connected\":false", "\"since\":1010000");
        assertThat(intake.isConnected("d")).isFalse();
        take(new Lease("i1", now + 10_000));
        intake.tick();
        assertThat(shown()).contains("\"connected\":true", "\"since\":999000");
    }

    @Test
    void ghostsOfAnInstanceThatDiedBeforeAreNotShownAsConnected() {
        take(new Connected("d", null, "s1", "dead", 5));
        take(new Lease("dead", now - 1));
        assertThat(shown()).isEmpty();
        intake.caughtUp();
        assertThat(shown()).contains("\"connected\":false");
    }

    @Test
    void anInstanceWhoseLeaseWasNotReadYetIsBelievedForAWhile() {
        intake.caughtUp();
        take(new Connected("d", null, "s1", "i1", 5));
        assertThat(shown()).contains("\"connected\":true");
        now += PresenceIntake.UNKNOWN_LEASE_MS + 1;
        intake.tick();
        assertThat(shown()).contains("\"connected\":false");
    }

    @Test
    void tellsWhenADeviceWasSeenAndForgetsADeletedOne() {
        intake.caughtUp();
        take(new Lease("i1", now + 100_000));
        take(new Connected("d", null, "s1", "i1", 5));
        lastSeen.saw("d", 1_000_100);
        now += 30_000;
        intake.tick();
        assertThat(shown()).contains("\"lastSeen\":1000100");
        intake.take(new ConsumerRecord<>("presence", 0, offset++, "d".getBytes(StandardCharsets.UTF_8), null));
        assertThat(shown()).isEmpty();
    }

    @Test
    void aDeviceThatChangesItsGroupIsShownOnce() {
        intake.caughtUp();
        take(new Lease("i1", now + 100_000));
        take(new Connected("d", "g1", "s1", "i1", 5));
        take(new Connected("d", "g2", "s2", "i1", 6));
        assertThat(board.size()).isEqualTo(1);
        assertThat(shown()).contains("\"group\":\"g2\"");
    }

    @Test
    void knowsTheNewestCountOfRepeatsOfEachDeviceUntilItIsForgotten() {
        take(new Repeats("d", 1, 0, 5));
        assertThat(intake.repeatsOf("d")).isNull();
        intake.caughtUp();
        take(new Repeats("d", 7, 2, 9));
        assertThat(intake.repeatsOf("d")).isEqualTo(new Repeats("d", 7, 2, 9));
        assertThat(intake.repeatsOf("other")).isEqualTo(new Repeats("other", 0, 0, 0));
        assertThat(board.size()).isZero();
        intake.take(new ConsumerRecord<>("presence", 0, offset++, "repeats:d".getBytes(StandardCharsets.UTF_8), null));
        assertThat(intake.repeatsOf("d")).isEqualTo(new Repeats("d", 0, 0, 0));
    }

    @Test
    void aDeletedDevicesCountOfRepeatsStaysAsOnTheTopic() {
        intake.caughtUp();
        take(new Lease("i1", now + 10_000));
        take(new Connected("d", null, "s1", "i1", 1));
        take(new Repeats("d", 7, 2, 9));
        intake.forget("d");
        assertThat(intake.isConnected("d")).isFalse();
        assertThat(intake.repeatsOf("d")).isEqualTo(new Repeats("d", 7, 2, 9));
    }

    @Test
    void knowsTheNewestCountOfLateReadingsUntilItIsForgotten() {
        take(new Late("d", 1, 5));
        assertThat(intake.lateOf("d")).isNull();
        intake.caughtUp();
        take(new Late("d", 3, 9));
        assertThat(intake.lateOf("d")).isEqualTo(new Late("d", 3, 9));
        assertThat(intake.lateOf("other")).isEqualTo(new Late("other", 0, 0));
        intake.take(new ConsumerRecord<>("presence", 0, offset++, "late:d".getBytes(StandardCharsets.UTF_8), null));
        assertThat(intake.lateOf("d")).isEqualTo(new Late("d", 0, 0));
    }

    @Test
    void countsOfRepeatsAreBounded() {
        intake.caughtUp();
        for (int i = 0; i < 101; i++) {
            take(new Repeats("d" + i, 1, 0, 5));
        }
        assertThat(intake.repeatsOf("d0")).isEqualTo(new Repeats("d0", 0, 0, 0));
        assertThat(intake.repeatsOf("d100")).isEqualTo(new Repeats("d100", 1, 0, 5));
    }
}
