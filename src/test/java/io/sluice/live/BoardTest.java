package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoardTest {
    private static final Query ALL = new Query(Filter.all(), false, 0, null);

    private static Filter device(String... names) {
        return new Filter(Set.of(names), null, null, null);
    }

    private static String text(Page page) {
        return new String(page.json(), StandardCharsets.UTF_8);
    }

    @Test
    void aReaderGetsTheNewestOfEachKeyInTheOrderOfTheChanges() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        fixture.put("b", 1, "2");
        fixture.put("a", 1, "3");
        Page page = fixture.board.page(ALL, 0, 10, 1_000);
        assertThat(text(page)).isEqualTo("2,3");
        assertThat(page.conflated()).isEqualTo(1);
        assertThat(page.isEnd()).isTrue();
        assertThat(fixture.board.page(ALL, page.version(), 10, 1_000).count()).isZero();
    }

    @Test
    void aPageEndsAtItsItemsOrItsOctetsAndTheNextGoesOn() {
        BoardFixture fixture = BoardFixture.rollups();
        for (int i = 0; i < 5; i++) {
            fixture.put("a", i, "\"" + i + "\"");
        }
        Page first = fixture.board.page(ALL, 0, 2, 1_000);
        assertThat(text(first)).isEqualTo("\"0\",\"1\"");
        assertThat(first.isEnd()).isFalse();
        Page second = fixture.board.page(ALL, first.version(), 10, 8);
        assertThat(text(second)).isEqualTo("\"2\",\"3\"");
        assertThat(text(fixture.board.page(ALL, second.version(), 10, 1))).isEqualTo("\"4\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readersOfAnySpeedEndWithTheSameAndLoseNoCount(long seed) {
        Random random = new Random(seed);
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(100_000, 100_000, 0, true, Long.MAX_VALUE));
        Map<String, String> truth = new HashMap<>();
        Map<String, String> seen = new HashMap<>();
        Filter filter = seed % 2 == 0 ? Filter.all() : device("d0", "d1", "d2", "d3");
        Query query = new Query(filter, false, 0, null);
        long cursor = 0;
        long sent = 0;
        int updates = 0;
        for (int i = 0; i < 5_000; i++) {
            String device = "d" + random.nextInt(8);
            long start = random.nextInt(20);
            fixture.put(device, start, "\"" + device + "/" + start + "=" + i + "\"");
            if (filter.matches(new SeriesKey(device, null, "t", "", "1s"))) {
                truth.put(device + "/" + start, String.valueOf(i));
                updates++;
            }
            if (random.nextInt(10) == 0) {
                Page page;
                do {
                    page = fixture.board.page(query, cursor, 1 + random.nextInt(40), 10_000);
                    cursor = page.version();
                    sent += page.count() + page.conflated();
                    read(page, seen);
                } while (!page.isEnd() && random.nextBoolean());
            }
        }
        Page page = fixture.board.page(query, cursor, 100_000, 1_000_000);
        sent += page.count() + page.conflated();
        read(page, seen);
        assertThat(seen).as("seed %d", seed).isEqualTo(truth);
        assertThat(sent).as("seed %d", seed).isEqualTo(updates);
    }

    private static void read(Page page, Map<String, String> into) {
        if (page.count() > 0) {
            for (String item : text(page).split(",")) {
                String[] keyAndValue = item.substring(1, item.length() - 1).split("=");
                into.put(keyAndValue[0], keyAndValue[1]);
            }
        }
    }

    @Test
    void namedDevicesAndGroupsComeMergedInTheOrderOfTheirChanges() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        fixture.put("other", 1, "2");
        fixture.put("group:g", 1, "3");
        fixture.put("a", 2, "4");
        Filter filter = new Filter(Set.of("a"), Set.of("g"), null, null);
        assertThat(text(fixture.board.page(new Query(filter, false, 0, null), 0, 10, 100)))
                .isEqualTo("1,3,4");
        assertThat(text(fixture.board.page(new Query(device("a"), false, 0, null), 0, 10, 100)))
                .isEqualTo("1,4");
    }

    @Test
    void whenFullWhatChangedLongestAgoGoesAndTheNewestOfASeriesLast() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(32, 1_000, 0, true, Long.MAX_VALUE));
        fixture.put("silent", 1, "\"silent\"");
        for (int i = 0; i < 200; i++) {
            fixture.put("busy", i, "\"" + i + "\"");
        }
        assertThat(fixture.board.size()).isLessThanOrEqualTo(32);
        assertThat(fixture.board.latestFirst(device("silent"), 10)).hasSize(1);
        assertThat(new String(
                        fixture.board.latestFirst(device("busy"), 1).get(0).json(), StandardCharsets.UTF_8))
                .isEqualTo("\"199\"");
    }

    @Test
    void manySeriesDoNotPassTheBoundEither() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(32, 1_000, 0, true, Long.MAX_VALUE));
        for (int i = 0; i < 500; i++) {
            fixture.put("d" + i, 1, "1");
        }
        assertThat(fixture.board.size()).isBetween(1, 32);
    }

    @Test
    void aReplacedKeyCostsNoGrowth() {
        ChangeLog log = new ChangeLog(48);
        Series series = new Series(new SeriesKey("a", null, "t", "", "1s"), new Source());
        Item item = series.at(1);
        for (long version = 1; version <= 100_000; version++) {
            if (item.version != Item.GONE) {
                log.supersede();
            }
            item.version = version;
            log.append(item, version);
        }
        assertThat(log.size()).isLessThan(256);
    }

    @Test
    void aSeriesForgetsWhatChangedLongestAgoButNotABacklogThatJustCame() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(1_000, 10, 5_000, true, Long.MAX_VALUE));
        for (int i = 0; i < 100; i++) {
            fixture.putFinal("a", i, "1");
        }
        assertThat(fixture.board.size()).as("all within the grace").isEqualTo(100);
        fixture.time += 10_000;
        for (int i = 0; i < 100; i++) {
            fixture.putFinal("a", 1_000 + i, "1");
        }
        assertThat(fixture.board.size()).isEqualTo(100);
    }

    @Test
    void whatDoesNotChangeWithinTheRetentionIsForgotten() {
        BoardFixture fixture = BoardFixture.rollups(new BoardLimits(1_000, 10, 5_000, true, 60_000));
        fixture.put("a", 1, "1");
        fixture.time += 50_000;
        fixture.put("b", 1, "2");
        fixture.board.expire(fixture.time + 20_000);
        assertThat(text(fixture.board.page(ALL, 0, 10, 100))).isEqualTo("2");
    }

    @Test
    void aDeletedRecordTakesItsItemAway() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("a", 1, "1");
        fixture.board.remove(new SeriesKey("a", null, "t", "", "1s"), 1);
        assertThat(fixture.board.size()).isZero();
        assertThat(fixture.board.page(ALL, 0, 10, 100).count()).isZero();
        fixture.put("a", 1, "2");
        assertThat(text(fixture.board.page(ALL, 0, 10, 100))).isEqualTo("2");
    }

    @Test
    void newestIsTheGreatestStartOfEachSeries() {
        BoardFixture fixture = BoardFixture.rollups();
        fixture.put("b", 5, "5");
        fixture.put("a", 9, "9");
        fixture.put("a", 8, "8");
        List<String> newest = new ArrayList<>();
        fixture.board.newest(Filter.all()).forEach(n -> newest.add(new String(n.json(), StandardCharsets.UTF_8)));
        assertThat(newest).containsExactly("9", "5");
    }
}
