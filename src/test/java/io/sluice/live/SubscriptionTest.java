package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.live.ClientFrame.Subscribe;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private final AtomicInteger places = new AtomicInteger();
    private static final long NOW = 1_000;
    private static final long HOLD = 30_000;
    private static final Query ALL = new Query(Filter.all(), false, 0, null);
    private final Pages pages = new Pages(3, 10_000);
    private Rereader rereader = Rereader.NONE;

    private static Subscribe request(Mode mode, @Nullable String since, String... devices) {
        Filter filter = devices.length == 0 ? Filter.all() : new Filter(Set.of(devices), null, null, null);
        return new Subscribe(7, Channel.ROLLUPS, filter, mode, 4, since);
    }

    private Subscription subscribe(BoardFixture fixture, Mode mode, @Nullable String since) {
        return new Subscription(request(mode, since), fixture.board, rereader, NOW + 5_000, HOLD, 100);
    }

    private String next(Subscription subscription) {
        pages.clear();
        Frame frame = subscription.next(NOW, pages);
        return frame == null ? "" : frame.text();
    }

    private static String positionOf(String frame) {
        String from = frame.substring(frame.indexOf("\"position\":\"") + 12);
        return from.substring(0, from.indexOf('"'));
    }

    @Test
    void aSnapshotComesInPartsAndThenUpdatesConflated() {
        BoardFixture fixture = BoardFixture.rollups();
        for (int i = 1; i <= 4; i++) {
            fixture.put("d" + i, 1, String.valueOf(i));
        }
        Subscription subscription = subscribe(fixture, Mode.LATEST, null);
        assertThat(next(subscription))
                .startsWith("{\"snapshot\":{\"id\":7,\"position\":\"r1.")
                .endsWith("\"recovered\":false,\"more\":true,\"items\":[1,2,3]}}");
        assertThat(subscription.hasMore()).isTrue();
        assertThat(next(subscription)).endsWith("\"recovered\":false,\"more\":false,\"items\":[4]}}");
        assertThat(next(subscription)).isEmpty();
        fixture.put("d1", 1, "5");
        fixture.put("d1", 1, "6");
        fixture.put("d2", 1, "7");
        assertThat(next(subscription))
                .startsWith("{\"update\":{\"id\":7,")
                .endsWith("\"items\":[6,7],\"conflated\":1}}");
        assertThat(next(subscription)).isEmpty();
    }

    @Test
    void anEmptyBoardGivesAnEmptySnapshot() {
        assertThat(next(subscribe(BoardFixture.rollups(), Mode.LATEST, null)))
                .endsWith("\"more\":false,\"items\":[]}}");
    }

    @Test
    void whatWasMissedIsRecoveredFromAPosition() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        fixture.put("b", 1, "2");
        String position = positionOf(next(subscribe(fixture, Mode.LATEST, null)));
        fixture.put("a", 2, "3");
        fixture.put("b", 1, "4");
        fixture.put("b", 1, "5");
        Subscription again = subscribe(fixture, Mode.LATEST, position);
        assertThat(next(again)).endsWith("\"recovered\":true,\"more\":false,\"items\":[3,5]}}");
        fixture.put("a", 3, "6");
        assertThat(next(again)).contains("\"items\":[6]");
    }

    @Test
    void aPositionBeforeWhatWasForgottenGivesAFullSnapshot() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        fixture.put("a", 1, "1");
        String position = positionOf(next(subscribe(fixture, Mode.LATEST, null)));
        for (int i = 2; i < 20; i++) {
            fixture.put("a", i, String.valueOf(i));
        }
        assertThat(next(subscribe(fixture, Mode.LATEST, position))).contains("\"recovered\":false");
    }

    @Test
    void whatMemoryHasForgottenIsReadAgainAndUpdatesFollow() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        BoardFixture kafka = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        String position = positionOf(next(subscribe(fixture, Mode.LATEST, null)));
        for (int i = 2; i < 20; i++) {
            fixture.put("a", i, String.valueOf(i));
            kafka.put("a", i, String.valueOf(i));
        }
        Reread reread = new Reread(places::incrementAndGet);
        rereader = (since, filter) -> reread;
        Subscription subscription = subscribe(fixture, Mode.LATEST, position);
        assertThat(next(subscription)).isEmpty();
        fixture.put("a", 20, "20");
        assertThat(next(subscription)).as("still reading").isEmpty();
        reread.end(kafka.board);
        String first = next(subscription);
        assertThat(first).contains("\"recovered\":true,\"more\":true,\"items\":[2,3,4]");
        assertThat(places).as("what was found is held until it is sent").hasValue(0);
        assertThat(positionOf(first)).isEqualTo(position);
        String last = first;
        while (last.contains("\"more\":true")) {
            last = next(subscription);
        }
        assertThat(last).contains("\"recovered\":true,\"more\":false,\"items\":[17,18,19]");
        assertThat(places).hasValue(1);
        assertThat(positionOf(last))
                .isEqualTo(kafka.board.page(ALL, 0, 99, 9_999).position());
        fixture.put("a", 21, "21");
        assertThat(next(subscription)).startsWith("{\"update\"").contains("\"items\":[20,21]");
    }

    @Test
    void whatCameWhileItWasReadIsNotSentTwice() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        BoardFixture kafka = BoardFixture.rollups();
        for (int i = 1; i < 20; i++) {
            fixture.put("a", i, String.valueOf(i));
            kafka.put("a", i, String.valueOf(i));
        }
        Reread reread = new Reread(places::incrementAndGet);
        rereader = (since, filter) -> reread;
        Subscription subscription = subscribe(fixture, Mode.LATEST, "r1.16.0.0");
        assertThat(next(subscription)).isEmpty();
        fixture.put("a", 20, "20");
        kafka.put("a", 20, "20");
        reread.end(kafka.board);
        String last = next(subscription);
        while (last.contains("\"more\":true")) {
            last = next(subscription);
        }
        assertThat(last).contains("20]");
        fixture.put("a", 21, "21");
        assertThat(next(subscription)).contains("\"items\":[21]");
        fixture.put("a", 22, "22");
        assertThat(next(subscription)).contains("\"items\":[22]");
    }

    @Test
    void aReadingThatIsGivenUpEndsInAFullSnapshotAndOneThatNobodyWaitsForIsLetGo() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        for (int i = 1; i < 20; i++) {
            fixture.put("a", i, String.valueOf(i));
        }
        Reread reread = new Reread(places::incrementAndGet);
        rereader = (since, filter) -> reread;
        Subscription waiting = subscribe(fixture, Mode.ALL, "r1.16.0.0");
        assertThat(next(waiting)).isEmpty();
        reread.end(null);
        assertThat(next(waiting)).contains("\"recovered\":false");
        Reread other = new Reread(places::incrementAndGet);
        rereader = (since, filter) -> other;
        Subscription leaving = subscribe(fixture, Mode.LATEST, "r1.16.0.0");
        assertThat(next(leaving)).isEmpty();
        leaving.end();
        assertThat(places).as("the one that was given up").hasValue(1);
        other.end(fixture.board);
        assertThat(places).hasValue(2);
        assertThat(other.isLetGo()).isTrue();
    }

    @Test
    void whoDoesNotTakeWhatWasReadAgainInTimeGetsTheWholeSnapshotAndItsPlaceIsFree() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        BoardFixture kafka = BoardFixture.rollups();
        for (int i = 1; i < 20; i++) {
            fixture.put("a", i, String.valueOf(i));
            kafka.put("a", i, String.valueOf(i));
        }
        Reread reread = new Reread(places::incrementAndGet);
        rereader = (since, filter) -> reread;
        Subscription subscription = subscribe(fixture, Mode.LATEST, "r1.16.0.0");
        assertThat(next(subscription)).isEmpty();
        reread.end(kafka.board);
        assertThat(next(subscription)).contains("\"recovered\":true,\"more\":true");
        subscription.tire(NOW + HOLD - 1);
        assertThat(places).hasValue(0);
        subscription.tire(NOW + HOLD);
        assertThat(places).hasValue(1);
        StringBuilder whole = new StringBuilder(next(subscription));
        assertThat(whole).contains("\"recovered\":false,\"more\":true");
        while (whole.toString().endsWith("}}") && subscription.hasMore()) {
            whole.append(next(subscription));
        }
        assertThat(whole).doesNotContain("\"recovered\":true").contains("19]");
        subscription.tire(NOW + 2 * HOLD);
        fixture.put("a", 20, "20");
        assertThat(next(subscription)).startsWith("{\"update\"").contains("\"items\":[20]");
        assertThat(places).hasValue(1);
    }

    @Test
    void inModeAllWhatIsForgottenWhileReadingIsNoLossUnlessItCameMeanwhile() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        for (int i = 1; i < 20; i++) {
            fixture.putFinal("a", i, String.valueOf(i));
        }
        rereader = (since, filter) -> new Reread(places::incrementAndGet);
        Subscription subscription = subscribe(fixture, Mode.ALL, "r1.16.0.0");
        assertThat(next(subscription)).isEmpty();
        fixture.putFinal("a", 20, "20");
        fixture.putFinal("a", 21, "21");
        assertThat(subscription.hasLost()).as("older ones went").isFalse();
        for (int i = 22; i < 40; i++) {
            fixture.putFinal("a", i, String.valueOf(i));
        }
        assertThat(subscription.hasLost())
                .as("20 went, which no update will bring")
                .isTrue();
    }

    @Test
    void strangePositionsAreNoErrors() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        for (String since : new String[] {"", "x", "d1.16.0.0", "r1.16.0.0.0", "r1.17.0.0", "r1..0", "r1.16.-1.0"}) {
            assertThat(next(subscribe(fixture, Mode.LATEST, since)))
                    .as(since)
                    .contains("\"recovered\":false")
                    .endsWith("\"items\":[1]}}");
        }
        assertThat(next(subscribe(fixture, Mode.LATEST, "r1.16.0.0"))).contains("\"recovered\":true");
    }

    @Test
    void aSnapshotWaitsForTheInstanceToHaveReadWhatTheClientHasSeen() {
        BoardFixture ahead = BoardFixture.rollups();
        ahead.put("a", 1, "1");
        ahead.put("a", 2, "2");
        String position = positionOf(next(subscribe(ahead, Mode.LATEST, null)));
        BoardFixture behind = BoardFixture.rollups();
        behind.put("a", 1, "1");
        Subscription subscription = subscribe(behind, Mode.LATEST, position);
        assertThat(next(subscription)).isEmpty();
        behind.put("a", 2, "2");
        behind.put("a", 3, "3");
        assertThat(next(subscription)).contains("\"recovered\":true").endsWith("\"items\":[3]}}");

        Subscription impatient = subscribe(BoardFixture.rollups(), Mode.LATEST, position);
        pages.clear();
        Frame late = impatient.next(NOW + 5_000, pages);
        assertThat(late).isNotNull();
        assertThat(late.text()).contains("\"recovered\":false");
    }

    @Test
    void latestShowsPerSeriesAsManyWindowsAsFitAndAllOpenOnes() {
        BoardFixture fixture = BoardFixture.rollups();
        for (int i = 0; i < 10; i++) {
            fixture.putFinal("a", i, "\"a" + i + "\"");
            fixture.putFinal("b", i, "\"b" + i + "\"");
        }
        fixture.put("b", 3, "\"open\"");
        Subscription subscription =
                new Subscription(request(Mode.LATEST, null), fixture.board, Rereader.NONE, 0, HOLD, 4);
        Pages wide = new Pages(1_000, 100_000);
        Frame frame = subscription.next(NOW, wide);
        assertThat(frame).isNotNull();
        assertThat(frame.text()).endsWith("\"items\":[\"a8\",\"b8\",\"a9\",\"b9\",\"open\"]}}");
    }

    @Test
    void allDeliversFinalWindowsOnlyAndEachOfThem() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.putFinal("a", 1, "1");
        fixture.put("a", 2, "\"open\"");
        Subscription subscription = subscribe(fixture, Mode.ALL, null);
        assertThat(next(subscription)).endsWith("\"items\":[1]}}");
        fixture.putFinal("a", 2, "2");
        fixture.putFinal("a", 3, "3");
        assertThat(subscription.hasPending(1)).isTrue();
        assertThat(subscription.hasPending(2)).isFalse();
        assertThat(next(subscription)).endsWith("\"items\":[2,3],\"conflated\":0}}");
        assertThat(subscription.hasLost()).isFalse();
    }

    @Test
    void allNoticesThatAWindowWasForgottenUnsent() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(8, 1_000, 0, true, Long.MAX_VALUE));
        Subscription subscription = subscribe(fixture, Mode.ALL, null);
        next(subscription);
        for (int i = 0; i < 8; i++) {
            fixture.putFinal("a", i, "1");
        }
        assertThat(subscription.hasLost()).isFalse();
        for (int i = 0; i < 8; i++) {
            fixture.putFinal("a", 10 + i, "1");
        }
        assertThat(subscription.hasLost()).isTrue();
    }

    @Test
    void equalSubscriptionsShareTheirBytes() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        Subscription one =
                new Subscription(request(Mode.LATEST, null, "a"), fixture.board, Rereader.NONE, 0, HOLD, 100);
        Subscription two =
                new Subscription(request(Mode.LATEST, null, "a"), fixture.board, Rereader.NONE, 0, HOLD, 100);
        Frame first = one.next(NOW, pages);
        Frame second = two.next(NOW, pages);
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.items()).isSameAs(second.items());
    }
}
