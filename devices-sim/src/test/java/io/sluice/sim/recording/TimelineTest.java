package io.sluice.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sim.recording.Recording.Track;
import io.sluice.sim.recording.Timeline.Times;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private static final long NOW = 1_763_632_800_000L;
    private static final long LEAD = 500;

    private final Track longer = track("longer", 1_000_000, 1_060_000, 1_600_000);
    private final Track shorter = track("shorter", 5_000_000, 5_300_000);
    private final List<Track> tracks = List.of(longer, shorter);

    private static Track track(String device, long... times) {
        Track track = new Track(device);
        for (long time : times) {
            track.add(time, "");
        }
        return track;
    }

    private Timeline timeline(Times times, double speed) {
        return new Timeline(times, speed, NOW, LEAD, tracks);
    }

    @Test
    void atTheEndAllLastRowsFallOnThePlannedEnd() {
        Timeline timeline = timeline(Times.END, 60);
        long end = NOW + LEAD + 10_000;
        assertThat(timeline.lengthMs()).isEqualTo(10_000);
        assertThat(timeline.eventMs(longer, 1_600_000)).isEqualTo(end);
        assertThat(timeline.eventMs(longer, 1_000_000)).isEqualTo(end - 600_000);
        assertThat(timeline.eventMs(shorter, 5_300_000)).isEqualTo(end);
        assertThat(timeline.dueMs(longer, 1_000_000)).isEqualTo(LEAD);
        assertThat(timeline.dueMs(longer, 1_060_000)).isEqualTo(LEAD + 1_000);
        assertThat(timeline.dueMs(shorter, 5_000_000)).isEqualTo(LEAD + 5_000);
        assertThat(timeline.dueMs(shorter, 5_300_000)).isEqualTo(LEAD + 10_000);
        assertThat(timeline.earliestMs(tracks)).isEqualTo(end - 600_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 7.3, 600, 1e6})
    void nothingIsEverAheadOfTheClock(double speed) {
        for (Times times : List.of(Times.END, Times.COMPRESS)) {
            Timeline timeline = timeline(times, speed);
            for (Track track : tracks) {
                for (int row = 0; row < track.rows(); row++) {
                    long sentAt = NOW + timeline.dueMs(track, track.timeMs(row));
                    assertThat(timeline.eventMs(track, track.timeMs(row))).isLessThanOrEqualTo(sentAt);
                }
            }
        }
    }

    @Test
    void fromTheStartEachFirstRowFallsOnTheStart() {
        Timeline timeline = timeline(Times.START, 1);
        assertThat(timeline.eventMs(shorter, 5_000_000)).isEqualTo(NOW + LEAD);
        assertThat(timeline.eventMs(shorter, 5_300_000)).isEqualTo(NOW + LEAD + 300_000);
        assertThat(timeline.dueMs(shorter, 5_300_000)).isEqualTo(LEAD + 300_000);
    }

    @Test
    void compressedReadingsBearTheTimeOfTheirSending() {
        Timeline timeline = timeline(Times.COMPRESS, 60);
        assertThat(timeline.eventMs(longer, 1_600_000)).isEqualTo(NOW + LEAD + 10_000);
        assertThat(timeline.dueMs(longer, 1_600_000)).isEqualTo(LEAD + 10_000);
    }

    @Test
    void keptTimesAreTheRecordedOnes() {
        assertThat(timeline(Times.KEEP, 60).eventMs(shorter, 5_300_000)).isEqualTo(5_300_000);
    }

    @Test
    void refusesSpeedsThatTheMappingDoesNotAllow() {
        assertThatThrownBy(() -> timeline(Times.START, 2)).hasMessageContaining("speed 1");
        assertThatThrownBy(() -> timeline(Times.END, 0.5)).hasMessageContaining("compress");
        assertThatThrownBy(() -> timeline(Times.KEEP, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timeline(Times.KEEP, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
