package io.sluice.history;

import static io.restassured.RestAssured.given;
import static io.sluice.history.Rollups.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.Sketches;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/rollups} over what the database holds. */
@QuarkusTest
class HistoryRestTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int WEEK = 7 * 24 * 60;
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    HistoryWriter writer;

    @Inject
    Pool pool;

    private final String device = "asked-" + Long.toString(System.nanoTime(), 36) + "-" + COUNT.incrementAndGet();
    /** The beginning of yesterday's hour, so that nothing is cut by now or by the retention. */
    private final long begin = System.currentTimeMillis() / 3_600_000 * 3_600_000 - 86_400_000;

    private final List<HistoryRow> rows = new ArrayList<>();

    @BeforeEach
    void forget() {
        rows.clear();
    }

    private void row(RollupItem item, double... values) {
        rows.add(new HistoryRow(item, MINUTE, values.length == 0 ? null : Sketches.bytes(values), item.start()));
    }

    private void store() {
        for (int from = 0; from < rows.size(); from += 1_000) {
            writer.write(rows.subList(from, Math.min(rows.size(), from + 1_000)))
                    .await()
                    .atMost(SOON);
        }
    }

    private ValidatableResponse ask(String query) {
        return asked(query).then();
    }

    private static Response asked(String query) {
        return given().auth()
                .preemptive()
                .basic("admin", "admin")
                .urlEncodingEnabled(false)
                .get("/api/rollups?" + query);
    }

    private String range(int fromMinute, int toMinute) {
        return "&from=" + (begin + fromMinute * MINUTE) + "&to=" + (begin + toMinute * MINUTE);
    }

    @Test
    void givesItemsAsOnTheLiveStream() {
        row(Rollups.of(device, "t", begin, 3, 2), 1, 2, 3);
        row(Rollups.of(device, "t", begin + MINUTE, 1, 5));
        row(Rollups.of(device, "other", begin, 1, 1));
        store();
        Response answer = asked("device=" + device + "&metric=t&window=1m" + range(0, 2));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.asString())
                .isEqualTo("{\"items\":[{\"device\":\"" + device + "\",\"metric\":\"t\",\"unit\":\"Cel\","
                        + "\"window\":\"1m\",\"start\":" + begin + ",\"count\":3,\"min\":1.0,\"max\":3.0,\"mean\":2.0,"
                        + "\"stddev\":0.5,\"last\":2.0,\"p50\":" + Sketches.quantile(0.5, 1, 2, 3) + ",\"p95\":"
                        + Sketches.quantile(0.95, 1, 2, 3) + ",\"p99\":" + Sketches.quantile(0.99, 1, 2, 3)
                        + ",\"final\":true},{\"device\":\"" + device + "\",\"metric\":\"t\",\"unit\":\"Cel\","
                        + "\"window\":\"1m\",\"start\":" + (begin + MINUTE) + ",\"count\":1,\"min\":4.0,\"max\":6.0,"
                        + "\"mean\":5.0,\"stddev\":0.5,\"last\":5.0,\"final\":true}]}");
    }

    @Test
    void fromIsInclusiveAndToExclusiveAndTheLastDayIsTheDefault() {
        for (int minute = 0; minute < 4; minute++) {
            row(Rollups.of(device, "t", begin + minute * MINUTE, 1, minute));
        }
        row(Rollups.of(device, "t", System.currentTimeMillis() / MINUTE * MINUTE - 10 * MINUTE, 1, 99));
        store();
        List<Float> means =
                ask("device=" + device + "&metric=t" + range(1, 3)).extract().path("items.mean");
        assertThat(means).containsExactly(1f, 2f);
        List<Float> today = ask("device=" + device + "&metric=t").extract().path("items.mean");
        assertThat(today).contains(99f);
    }

    @Test
    void aGroupIsNoDevice() {
        row(Rollups.of(device, "t", begin, 1, 1));
        row(Rollups.ofGroup(device, "t", begin, 7, 1));
        store();
        ValidatableResponse answer = ask("group=" + device + "&metric=t" + range(0, 1));
        assertThat((List<Integer>) answer.extract().path("items.count")).containsExactly(7);
        assertThat((List<String>) answer.extract().path("items.group")).containsExactly(device);
    }

    @Test
    void pointsMergeWindowsWithTheirQuantiles() {
        Random random = new Random(20_261_125);
        double[] all = new double[600];
        for (int minute = 0; minute < 60; minute++) {
            double[] values = random.doubles(10, 0, 100).toArray();
            System.arraycopy(values, 0, all, minute * 10, 10);
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow();
            row(
                    new RollupItem(
                            device,
                            null,
                            "t",
                            "Cel",
                            "1m",
                            begin + minute * MINUTE,
                            10,
                            Arrays.stream(values).min().orElseThrow(),
                            Arrays.stream(values).max().orElseThrow(),
                            mean,
                            Math.sqrt(variance),
                            values[9],
                            null,
                            0,
                            0,
                            0,
                            true),
                    values);
        }
        store();
        Map<String, Object> item = ask("device=" + device + "&metric=t&points=1" + range(0, 60))
                .extract()
                .path("items[0]");
        double mean = Arrays.stream(all).average().orElseThrow();
        double variance = Arrays.stream(all)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        Arrays.sort(all);
        assertThat(item).containsEntry("window", "1h").containsEntry("count", 600);
        assertThat(figure(item, "mean")).isCloseTo(mean, within(1e-4));
        assertThat(figure(item, "stddev")).isCloseTo(Math.sqrt(variance), within(1e-4));
        assertThat(figure(item, "p50")).isCloseTo(all[299], within(0.0101 * all[299]));
        assertThat(figure(item, "p95")).isCloseTo(all[569], within(0.0101 * all[569]));
        assertThat(figure(item, "p99")).isCloseTo(all[593], within(0.0101 * all[593]));
        assertThat((List<String>) ask("device=" + device + "&metric=t&points=4" + range(0, 60))
                        .extract()
                        .path("items.window"))
                .containsExactly("15m", "15m", "15m", "15m");
    }

    private static double figure(Map<String, Object> item, String name) {
        return ((Number) item.get(name)).doubleValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&points=7"})
    void pagesAreTheWholeInTheSameOrder(String points) {
        for (int minute = 0; minute < 25; minute++) {
            row(Rollups.of(device, "t", begin + minute * MINUTE, 1, minute));
            RollupItem other = Rollups.text(device, "t", begin + minute * MINUTE, 1, "s" + minute);
            row(other);
        }
        store();
        String question = "device=" + device + "&metric=t" + range(0, 25) + points;
        String whole = asked(question).asString();
        List<String> pages = new ArrayList<>();
        String next = "";
        do {
            Response page = asked(question + "&limit=3" + next);
            assertThat(page.statusCode()).isEqualTo(200);
            String text = page.asString();
            int end = text.lastIndexOf("],\"next\"");
            pages.add(text.substring("{\"items\":[".length(), end < 0 ? text.length() - 2 : end));
            String token = page.path("next");
            assertThat(page.header("Link") == null).isEqualTo(token == null);
            if (token != null) {
                assertThat(page.header("Link")).startsWith("<?device=").contains("next=" + token);
            }
            next = token == null ? null : "&next=" + token;
        } while (next != null);
        assertThat("{\"items\":[" + String.join(",", pages) + "]}").isEqualTo(whole);
        assertThat(pages).hasSizeGreaterThan(points.isEmpty() ? 16 : 4);
    }

    @Test
    void csvHasAHeaderAndNoFormulas() {
        row(Rollups.of(device, "t", begin, 1, 2));
        row(Rollups.text(device, "t", begin, 1, "=HYPERLINK(\"x\"),\n"));
        store();
        Response answer = asked("device=" + device + "&metric=t&format=csv" + range(0, 1));
        assertThat(answer.contentType()).startsWith("text/csv");
        assertThat(answer.asString())
                .isEqualTo("device,group,metric,unit,window,start,count,min,max,mean,stddev,last,p50,p95,p99\r\n"
                        + device + ",,t,,1m," + begin + ",1,,,,,\"'=HYPERLINK(\"\"x\"\"),\n\",,,\r\n" + device
                        + ",,t,Cel,1m," + begin + ",1,1.0,3.0,2.0,0.5,2.0,,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric=t",
                "device=d&group=g&metric=t",
                "device=&metric=t",
                "device=a%20b&metric=t",
                "device=d",
                "device=d&metric=",
                "device=d&metric=%00",
                "device=d&metric=t&window=1s",
                "device=d&metric=t&window=",
                "device=d&metric=t&from=yesterday",
                "device=d&metric=t&from=-1",
                "device=d&metric=t&from=1.5",
                "device=d&metric=t&from=5&to=5",
                "device=d&metric=t&from=6&to=5",
                "device=d&metric=t&to=99999999999999999",
                "device=d&metric=t&to=",
                "device=d&metric=t&points=0",
                "device=d&metric=t&points=-5",
                "device=d&metric=t&points=10001",
                "device=d&metric=t&points=many",
                "device=d&metric=t&limit=0",
                "device=d&metric=t&limit=10001",
                "device=d&metric=t&format=xml",
                "device=d&metric=t&next=x",
                "device=d&device=e&metric=t",
            })
    void everyBadParameterIsA400(String query) {
        Response answer = asked(query);
        assertThat(answer.statusCode()).as(query).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat((String) answer.path("detail")).isNotBlank();
    }

    @Test
    void ofWhatIsNotThereItGivesNothing() {
        assertThat(asked("device=" + device + "&metric=t&from=0&to=253402300800000&points=10")
                        .asString())
                .isEqualTo("{\"items\":[]}");
    }

    @Test
    void aWeekOfOneMetricIsAnsweredAtOnce() {
        long from = System.currentTimeMillis() / MINUTE * MINUTE - WEEK * MINUTE;
        Random random = new Random(1);
        for (int minute = 0; minute < WEEK; minute++) {
            double[] values = random.doubles(20).map(value -> 20 + value * 10).toArray();
            row(Rollups.of(device, "t", from + minute * MINUTE, 20, 25), values);
        }
        store();
        pool.query("analyze rollup_history").execute().await().atMost(SOON);
        String question = "device=" + device + "&metric=t&window=1m&from=" + from + "&to=" + (from + WEEK * MINUTE)
                + "&points=500";
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 15; i++) {
            long asked = System.nanoTime();
            List<Integer> counts = ask(question).extract().path("items.count");
            best = Math.min(best, (System.nanoTime() - asked) / 1_000_000);
            assertThat(counts).hasSize(480).containsOnly(420);
        }
        System.out.printf("a week of minutes as 480 points: %d ms at best%n", best);
        // The bound of the design is 200 ms; a machine that does other things besides may take some times that.
        assertThat(best).isLessThan(1_000);
    }
}
