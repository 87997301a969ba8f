package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final SeriesKey DEVICE = new SeriesKey("pump-7", null, "temperature", "Cel", "1s");
    private static final SeriesKey GROUP = new SeriesKey(null, "line-3", "temperature", "Cel", "1s");
    private static final SeriesKey PRESENCE = SeriesKey.ofDevice("pump-7", "line-3", "");

    private static Filter of(@Nullable Set<String> devices, @Nullable Set<String> groups) {
        return new Filter(devices, groups, null, null);
    }

    @Test
    void absentMeansAll() {
        assertThat(Filter.all().matches(DEVICE)).isTrue();
        assertThat(Filter.all().matches(GROUP)).isTrue();
    }

    @Test
    void namedDevicesDoNotBringGroupsAlongNorTheOtherWayRound() {
        assertThat(of(Set.of("pump-7"), null).matches(DEVICE)).isTrue();
        assertThat(of(Set.of("pump-7"), null).matches(GROUP)).isFalse();
        assertThat(of(Set.of("pump-8"), null).matches(DEVICE)).isFalse();
        assertThat(of(null, Set.of("line-3")).matches(GROUP)).isTrue();
        assertThat(of(null, Set.of("line-3")).matches(DEVICE)).isFalse();
    }

    @Test
    void bothAreAUnionAndAnEmptyListLeavesTheOtherKind() {
        assertThat(of(Set.of("pump-7"), Set.of("line-3")).matches(DEVICE)).isTrue();
        assertThat(of(Set.of("pump-7"), Set.of("line-3")).matches(GROUP)).isTrue();
        assertThat(of(Set.of(), null).matches(DEVICE)).isFalse();
        assertThat(of(Set.of(), null).matches(GROUP)).isTrue();
        assertThat(of(null, Set.of("line-3")).matches(PRESENCE)).isTrue();
        assertThat(of(Set.of("pump-7"), null).matches(PRESENCE)).isTrue();
    }

    @Test
    void metricsAndWindowNarrow() {
        assertThat(new Filter(null, null, Set.of("temperature"), "1s").matches(DEVICE))
                .isTrue();
        assertThat(new Filter(null, null, Set.of("pressure"), "1s").matches(DEVICE))
                .isFalse();
        assertThat(new Filter(null, null, null, "10s").matches(DEVICE)).isFalse();
    }
}
