package io.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final double NOW = 1_763_632_800;
    private static final double NONE = Double.NaN;
    private static final double DAY = 86_400;

    private final Rules rules = new Rules(300, 7 * DAY);
    private final Readings readings = new Readings();
    private final BoundedMetrics metrics = new BoundedMetrics(500);

    @Test
    void goodRecordsPassAndAreMarkedByNothing() {
        number("temperature", "Cel", 20);
        assertThat(judge(strict(celsius()))).isEmpty();
        assertThat(readings.acceptedCount()).isEqualTo(1);
    }

    @Test
    void strictProfileRefusesWhatItDoesNotList() {
        number("pressure", "Pa", 1);
        assertThat(judge(strict(celsius())))
                .containsExactly(new Rejection(
                        RejectCode.UNKNOWN_METRIC, "the profile pumps does not list pressure", List.of(0)));
        assertThat(metrics.size()).as("a refused metric takes no place").isZero();
    }

    @Test
    void openProfileTakesWhatItDoesNotList() {
        number("pressure", "Pa", 1e300);
        add("note", null, NOW, ValueType.STRING, 0, "x");
        assertThat(judge(open(celsius()))).isEmpty();
    }

    @Test
    void metricBeyondTheDevicesLastIsRefused() {
        BoundedMetrics two = new BoundedMetrics(2);
        for (String name : List.of("a", "b", "c", "a", "d")) {
            number(name, null, 1);
        }
        assertThat(rules.judge(readings, Profile.DEFAULT, two, NOW))
                .containsExactly(new Rejection(
                        RejectCode.TOO_MANY_METRICS, "the device has used up its metrics; new is c", List.of(2, 4)));
        assertThat(readings.isRefused(2)).isTrue();
        assertThat(readings.isRefused(3)).isFalse();
    }

    @Test
    void absentUnitTakesTheProfilesAndAnotherIsRefused() {
        number("temperature", null, 20);
        number("temperature", "K", 20);
        number("temperature", "cel", 20);
        number("other", null, 20);
        assertThat(judge(open(celsius())))
                .containsExactly(new Rejection(
                        RejectCode.WRONG_UNIT, "temperature is in K, the profile says Cel", List.of(1, 2)));
        assertThat(readings.unit(0)).isEqualTo("Cel");
        assertThat(readings.unit(3)).isNull();
    }

    @Test
    void ruleWithoutUnitTakesAny() {
        number("temperature", "K", 20);
        number("temperature", null, 20);
        assertThat(judge(strict(
                        new MetricRule("temperature", null, null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))))
                .isEmpty();
        assertThat(readings.unit(1)).isNull();
    }

    @Test
    void anotherTypeIsRefused() {
        add("temperature", "Cel", NOW, ValueType.STRING, 0, "hot");
        add("temperature", "Cel", NOW, ValueType.BOOLEAN, 1, null);
        add("temperature", "Cel", NOW, ValueType.DATA, 0, "aGk");
        assertThat(judge(strict(celsius())))
                .containsExactly(new Rejection(
                        RejectCode.WRONG_TYPE, "temperature is a string, the profile says number", List.of(0, 1, 2)));
    }

    @Test
    void sumAloneSuitsANumberOnly() {
        add("temperature", "Cel", NOW, ValueType.SUM_ONLY, 0, null);
        assertThat(judge(strict(celsius()))).isEmpty();
        assertThat(judge(strict(new MetricRule("temperature", null, ValueType.STRING, -1, 1))))
                .extracting(Rejection::code)
                .containsExactly(RejectCode.WRONG_TYPE);
    }

    @Test
    void rangeIsInclusive() {
        number("temperature", "Cel", -40);
        number("temperature", "Cel", 125);
        number("temperature", "Cel", 812);
        number("temperature", "Cel", Math.nextUp(125.0));
        number("temperature", "Cel", -40.5);
        assertThat(judge(strict(celsius())))
                .containsExactly(
                        new Rejection(RejectCode.OUT_OF_RANGE, "temperature 812 Cel is above 125", List.of(2, 3, 4)));
    }

    @Test
    void rangeDetailSaysBelow() {
        number("temperature", null, -40.25);
        assertThat(judge(strict(new MetricRule("temperature", null, null, -40, 125)))
                        .get(0)
                        .detail())
                .isEqualTo("temperature -40.25 is below -40");
    }

    @Test
    void timesAreBoundedInclusively() {
        at(NOW + 300);
        at(NOW + 301);
        at(NOW - 7 * DAY);
        at(NOW - 7 * DAY - 1);
        at(-1e300);
        assertThat(judge(Profile.DEFAULT))
                .containsExactly(
                        new Rejection(
                                RejectCode.FUTURE_TIME,
                                "x is 301 s ahead of the server's clock, more than 300",
                                List.of(1)),
                        new Rejection(RejectCode.STALE_TIME, "x is 604801 s old, more than 604800", List.of(3, 4)));
    }

    @Test
    void firstFailingCheckAloneRefuses() {
        add("pressure", "K", NOW + 1e6, ValueType.STRING, 0, "x");
        add("temperature", "K", NOW + 1e6, ValueType.STRING, 0, "x");
        add("temperature", "Cel", NOW + 1e6, ValueType.STRING, 0, "x");
        add("temperature", "Cel", NOW + 1e6, ValueType.NUMBER, 999, null);
        add("temperature", "Cel", NOW + 1e6, ValueType.NUMBER, 20, null);
        add("temperature", "Cel", NOW - 1e6, ValueType.NUMBER, 20, null);
        List<Rejection> rejections = judge(strict(celsius()));
        assertThat(rejections)
                .extracting(Rejection::code)
                .containsExactly(
                        RejectCode.UNKNOWN_METRIC,
                        RejectCode.WRONG_UNIT,
                        RejectCode.WRONG_TYPE,
                        RejectCode.OUT_OF_RANGE,
                        RejectCode.FUTURE_TIME,
                        RejectCode.STALE_TIME);
        for (int i = 0; i < rejections.size(); i++) {
            assertThat(rejections.get(i).records()).containsExactly(i);
        }
        assertThat(readings.refusedCount()).isEqualTo(6);
    }

    @Test
    void detailsAreBounded() {
        number("m".repeat(255), null, 1);
        assertThat(judge(strict(celsius())).get(0).detail()).hasSize(Rejection.MAX_DETAIL);
    }

    @Test
    void allocatesNothingWhereAllIsGood() {
        for (int i = 0; i < 100; i++) {
            number("temperature", null, 20);
        }
        Profile profile = strict(celsius());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 200; i++) {
            judge(profile);
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 100; i++) {
            judge(profile);
        }
        long spent = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(spent).isLessThan(1_000);
    }

    private List<Rejection> judge(Profile profile) {
        return rules.judge(readings, profile, metrics, NOW);
    }

    private void number(String name, String unit, double value) {
        add(name, unit, NOW, ValueType.NUMBER, value, null);
    }

    private void at(double time) {
        add("x", null, time, ValueType.NUMBER, 1, null);
    }

    private void add(String name, String unit, double time, ValueType type, double number, String text) {
        readings.add(name, unit, time, type, number, text, NONE, NONE);
    }

    private static MetricRule celsius() {
        return new MetricRule("temperature", "Cel", ValueType.NUMBER, -40, 125);
    }

    private static Profile strict(MetricRule rule) {
        return new Profile("pumps", true, 100, 200, Map.of(rule.name(), rule));
    }

    private static Profile open(MetricRule rule) {
        return new Profile("pumps", false, 100, 200, Map.of(rule.name(), rule));
    }
}
