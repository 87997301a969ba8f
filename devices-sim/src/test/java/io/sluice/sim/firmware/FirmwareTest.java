package io.sluice.sim.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sim.firmware.FakeTransport.FakeLink;
import io.sluice.sim.firmware.Firmware.Identity;
import io.sluice.sim.firmware.Firmware.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final ManualTime time = new ManualTime();
    private final FakeTransport transport = new FakeTransport();
    private final Notes notes = new Notes();
    private final Firmware firmware = new Firmware(
            new Identity("pump-7", "secret", "sluice.v1.senml+json", "e1"),
            transport,
            time,
            new Random(1),
            FirmwareLimits.ofBuffer(8),
            notes);

    private static Message message(String text) {
        return new Message(text.getBytes(StandardCharsets.UTF_8), true, 2);
    }

    private void offer(String... texts) {
        for (String text : texts) {
            firmware.offer(message(text));
        }
    }

    private FakeLink online(int window) {
        firmware.start();
        return transport.last().welcome(window);
    }

    private static List<String> texts(FakeLink link) {
        return link.sent.stream()
                .map(message -> new String(message.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void sendsNothingBeforeTheWelcome() {
        offer("a");
        firmware.start();
        transport.last().events.opened();
        assertThat(transport.last().sent).isEmpty();
        transport.last().welcome(256);
        assertThat(texts(transport.last())).containsExactly("a");
    }

    @Test
    void saysWhoItIsAndWhereItsNumberingStands() {
        firmware.start();
        assertThat(transport.last().opening)
                .isEqualTo(new Transport.Opening("pump-7", "secret", "sluice.v1.senml+json", "e1", 1));
        assertThat(transport.last().opening.toString()).doesNotContain("secret");
    }

    @Test
    void keepsToTheWindow() {
        FakeLink link = online(2);
        offer("a", "b", "c", "d", "e");
        assertThat(texts(link)).containsExactly("a", "b");
        link.ack(1);
        assertThat(texts(link)).containsExactly("a", "b", "c");
        link.ack(3);
        assertThat(texts(link)).containsExactly("a", "b", "c", "d", "e");
        assertThat(firmware.unacknowledged()).isEqualTo(2);
    }

    @Test
    void anAckCoversAllUpToItsNumberAndTellsTheLatency() {
        FakeLink link = online(256);
        offer("a", "b");
        time.pass(7);
        link.ack(2);
        assertThat(notes.all).containsSubsequence("acked 1 a 7", "acked 2 b 7");
        assertThat(firmware.unacknowledged()).isZero();
        assertThat(notes.rooms).isEqualTo(1);
    }

    @Test
    void resendsWhatIsUnacknowledgedWithTheSameEpochAndNumbers() {
        FakeLink first = online(256);
        offer("a", "b", "c");
        first.ack(1);
        first.events.closed(1006);
        time.pass(MINUTE);
        FakeLink second = transport.last();
        assertThat(second).isNotSameAs(first);
        assertThat(second.opening.epoch()).isEqualTo("e1");
        assertThat(second.opening.next()).isEqualTo(2);
        second.welcome(256);
        assertThat(texts(second)).containsExactly("b", "c");
        offer("d");
        second.ack(4);
        assertThat(notes.all).contains("resent b", "resent c", "sent d", "acked 4 d 0");
        assertThat(firmware.unacknowledged()).isZero();
    }

    @Test
    void makesNothingNewWhenTheBufferIsFull() {
        firmware.start();
        offer("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(firmware.hasRoom()).isFalse();
        assertThatThrownBy(() -> offer("9")).isInstanceOf(IllegalStateException.class);
        transport.last().welcome(256).ack(1);
        assertThat(firmware.hasRoom()).isTrue();
        assertThat(notes.rooms).isEqualTo(1);
    }

    @Test
    void waitsWhileTheConnectionTakesNoMore() {
        FakeLink link = online(256);
        link.writable = false;
        offer("a");
        assertThat(link.sent).isEmpty();
        link.writable = true;
        link.events.writable();
        assertThat(texts(link)).containsExactly("a");
    }

    @Test
    void aSlowdownHoldsItForTheTimeTold() {
        FakeLink link = online(256);
        link.text("{'slowdown':{'retryAfterMs':500}}");
        offer("a");
        time.pass(499);
        assertThat(link.sent).isEmpty();
        time.pass(1);
        assertThat(texts(link)).containsExactly("a");
        assertThat(notes.all).contains("slowdown 500");
    }

    @Test
    void aSlowdownEndsWithItsConnection() {
        FakeLink first = online(256);
        first.text("{'slowdown':{'retryAfterMs':600000}}");
        offer("a");
        first.events.closed(1011);
        time.pass(1_001);
        assertThat(texts(transport.last().welcome(256))).containsExactly("a");
    }

    @Test
    void afterGoawayItSendsOnAndComesBackWhenTold() {
        FakeLink link = online(256);
        link.text("{'goaway':{'reason':'restart','reconnectAfterMs':8123}}");
        offer("a");
        assertThat(texts(link)).containsExactly("a");
        time.pass(2_000);
        link.events.closed(1012);
        time.pass(8_122);
        assertThat(transport.links).hasSize(1);
        time.pass(1);
        assertThat(transport.links).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {4501, 4503, 4509})
    void finalCodesKeepItAwayForAnHour(int code) {
        online(256).events.closed(code);
        assertThat(firmware.state()).isEqualTo(State.PARKED);
        assertThat(firmware.isRefused()).isTrue();
        time.pass(HOUR - 1);
        assertThat(transport.links).hasSize(1);
        time.pass(1);
        assertThat(transport.links).hasSize(2);
        transport.last().welcome(256);
        assertThat(firmware.isRefused()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1006, 1008, 1011, 1012, 1013, 4401, 4408, 4429, 4999})
    void otherCodesMeanBackOffAndLoseNothing(int code) {
        FakeLink link = online(256);
        offer("a");
        link.events.closed(code);
        assertThat(firmware.state()).isEqualTo(State.WAITING);
        assertThat(time.untilNext()).isBetween(1L, 1_001L);
        time.pass(1_001);
        assertThat(texts(transport.last().welcome(256))).containsExactly("a");
        assertThat(firmware.isRefused()).isFalse();
    }

    @Test
    void after1007ItDropsTheOldestAndTheNextTakesItsNumber() {
        FakeLink first = online(256);
        offer("a", "poison", "c");
        first.ack(1);
        first.events.closed(1007);
        time.pass(1_001);
        FakeLink second = transport.last();
        assertThat(second.opening.next()).isEqualTo(2);
        second.welcome(256).ack(2);
        assertThat(notes.all).contains("dropped poison", "acked 2 c 0");
    }

    @Test
    void after1009ItDropsTheGreatestEvenWhereEarlierOnesAreUnacknowledged() {
        FakeLink first = online(256);
        offer("a", "the great one", "c");
        first.events.closed(1009);
        time.pass(1_001);
        FakeLink second = transport.last();
        assertThat(second.opening.next()).isEqualTo(1);
        assertThat(texts(second.welcome(256))).containsExactly("a", "c");
        assertThat(notes.all).contains("dropped the great one");
    }

    @Test
    void doesNotSendWhatTheServerSaidItWillNotTake() {
        FakeLink link = online(256);
        offer("x".repeat(101), "b");
        assertThat(texts(link)).containsExactly("b");
        link.ack(1);
        assertThat(firmware.unacknowledged()).isZero();
    }

    @Test
    void backOffGrowsToAMinuteAndIsResetByAMinuteOfStability() {
        firmware.start();
        long longest = 0;
        for (int i = 0; i < 200; i++) {
            transport.last().events.failed("nobody");
            assertThat(time.untilNext()).isBetween(1L, MINUTE + 1);
            longest = Math.max(longest, time.untilNext());
            time.pass(time.untilNext());
        }
        assertThat(longest).isGreaterThan(MINUTE / 2);
        assertThat(transport.links).hasSize(201);

        transport.last().welcome(256);
        for (int i = 0; i < 2; i++) {
            time.pass(30_000);
            transport.last().events.heard();
        }
        transport.last().events.closed(1006);
        assertThat(time.untilNext()).isBetween(1L, 1_001L);
    }

    @Test
    void aShortConnectionDoesNotResetTheBackOff() {
        firmware.start();
        long longest = 0;
        for (int i = 0; i < 50; i++) {
            transport.last().welcome(256).events.closed(1011);
            longest = Math.max(longest, time.untilNext());
            time.pass(time.untilNext());
        }
        assertThat(longest).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedCredentialMeansMinutes(int status) {
        firmware.start();
        for (int i = 0; i < 20; i++) {
            transport.last().events.refused(status, 0);
            assertThat(firmware.isRefused()).isTrue();
            assertThat(time.untilNext()).isBetween(MINUTE, HOUR);
            time.pass(time.untilNext());
        }
    }

    @Test
    void retryAfterIsWaitedOutAndIsNoRefusal() {
        firmware.start();
        transport.last().events.refused(503, 7);
        assertThat(firmware.isRefused()).isFalse();
        assertThat(time.untilNext()).isBetween(7_001L, 8_001L);
    }

    @Test
    void givesUpAServerThatDoesNotGreet() {
        firmware.start();
        transport.last().events.opened();
        time.pass(10_000);
        assertThat(transport.links.get(0).closedWith).isEqualTo(1001);
        assertThat(firmware.state()).isEqualTo(State.WAITING);
    }

    @Test
    void givesUpASilentServerButNotOneThatPings() {
        FakeLink link = online(256);
        for (int i = 0; i < 10; i++) {
            time.pass(25_000);
            link.events.heard();
        }
        assertThat(firmware.state()).isEqualTo(State.ONLINE);
        time.pass(60_000);
        assertThat(link.closedWith).isEqualTo(1001);
        assertThat(notes.all).contains("offline 1001");
    }

    @Test
    void lateEventsOfAnOldConnectionChangeNothing() {
        FakeLink first = online(256);
        offer("a");
        time.pass(60_000);
        assertThat(first.closedWith).isEqualTo(1001);
        time.pass(1_001);
        transport.last().welcome(256);
        int before = notes.all.size();
        first.events.closed(4501);
        first.ack(1);
        first.events.failed("late");
        assertThat(notes.all).hasSize(before);
        assertThat(firmware.state()).isEqualTo(State.ONLINE);
        assertThat(firmware.unacknowledged()).isEqualTo(1);
    }

    @Test
    void rejectsAreCountedAndTheAckStillComes() {
        FakeLink link = online(256);
        offer("a", "b");
        link.text("{'reject':{'seq':1,'code':'out-of-range','detail':'d','records':[1]}}");
        link.text("{'reject':{'seq':2,'code':'malformed','detail':'d'}}");
        Message whole = link.sent.get(1);
        link.ack(2);
        assertThat(notes.all)
                .containsSubsequence(
                        "rejected 1 out-of-range 1", "rejected 2 malformed 2", "acked 1 a 0", "acked 2 b 0");
        assertThat(whole.rejectedRecords()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ack':3}",
                "{'ack':0}",
                "{'ack':'1'}",
                "{'ack':9007199254740993}",
                "{'reject':{'seq':3,'code':'malformed'}}",
                "{'surprise':{}}",
                "{}",
                "{'ack':1,'more':1}",
                "nonsense",
                "[1]",
                "{'ack':1} x",
                "{'error':{'code':'unknown-control'}}"
            })
    void whatTheProtocolDoesNotAllowIsNotedAndChangesNothing(String frame) {
        FakeLink link = online(256);
        offer("a", "b");
        link.text(frame);
        assertThat(notes.all).anyMatch(note -> note.startsWith("odd: "));
        assertThat(firmware.unacknowledged()).isEqualTo(2);
        link.ack(2);
        assertThat(firmware.unacknowledged()).isZero();
    }

    @Test
    void aSecondAckOfTheSameNumberIsOdd() {
        FakeLink link = online(256);
        offer("a");
        link.ack(1);
        link.ack(1);
        assertThat(notes.all).contains("odd: an ack that does not move on");
    }

    @Test
    void learnsTheServersClock() {
        online(256);
        assertThat(firmware.serverAheadMs()).isEqualTo(123);
    }

    @Test
    void stopClosesNormallyAndForGood() {
        FakeLink link = online(256);
        firmware.stop();
        assertThat(link.closedWith).isEqualTo(1000);
        link.events.closed(1000);
        time.pass(HOUR);
        assertThat(transport.links).hasSize(1);
        assertThat(firmware.state()).isEqualTo(State.STOPPED);
    }
}
