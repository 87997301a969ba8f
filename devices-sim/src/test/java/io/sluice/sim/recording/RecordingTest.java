package io.sluice.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sim.pack.Reading;
import io.sluice.sim.pack.Value;
import io.sluice.sim.recording.Layout.Target;
import io.sluice.sim.recording.Recording.Track;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    /** The kinds of fault that recorded data has: gaps, empty cells, times that go back, ids no device may have. */
    private static final String PUMPS = """
            experiment,datetime,temp_c,running,note,anomaly
            valve1/0,2020-03-09 10:14:33,21.5,true,"a ""good"", long
            one",
            valve1/0,2020-03-09 10:14:34,,false,NaN,1
            other/1,2020-03-01 10:00:00,-1.257,TRUE,x,0
            valve1/0,2020-03-09 10:14:40,22,true,,
            other/1,2020-03-01 10:00:01,,,,
            other/1,2020-03-01 09:59:59,3e1,,,
            """;

    @TempDir
    Path folder;

    private static Layout layout(List<String> ids, Map<String, Target> map, Set<String> ignore) {
        return new Layout(ids, "", "datetime", null, ZoneId.of("UTC"), ',', map, ignore, Set.of("NaN"));
    }

    private Recording load(String csv, Layout layout) throws IOException {
        return Recording.load(Files.writeString(folder.resolve("a.csv"), csv), layout);
    }

    private static List<Track> tracks(Recording recording) {
        return new ArrayList<>(recording.tracks());
    }

    @Test
    void hasADeviceForEachIdWithItsRowsInTheFilesOrder() throws IOException {
        Recording recording = load(PUMPS, layout(List.of("experiment"), Map.of(), Set.of()));
        assertThat(tracks(recording)).extracting(Track::device).containsExactly("valve1-0", "other-1");
        Track valve = tracks(recording).get(0);
        assertThat(valve.rows()).isEqualTo(3);
        assertThat(valve.timeMs(1) - valve.timeMs(0)).isEqualTo(1_000);
        Track other = tracks(recording).get(1);
        assertThat(other.timeMs(1)).isLessThan(other.timeMs(0));
        assertThat(other.firstMs()).isEqualTo(other.timeMs(1));
        assertThat(other.lastMs()).isEqualTo(other.timeMs(0));
    }

    @Test
    void omitsEmptyCellsAndRowsWithoutAny() throws IOException {
        Recording recording = load(PUMPS, layout(List.of("experiment"), Map.of(), Set.of()));
        assertThat(recording.rows()).isEqualTo(5);
        assertThat(recording.emptyRows()).isEqualTo(1);
        assertThat(recording.cells()).isEqualTo(3 + 2 + 4 + 2 + 1);
        long sent = 0;
        for (Track track : recording.tracks()) {
            for (int row = 0; row < track.rows(); row++) {
                sent += recording.readings(track, row, 0).size();
            }
        }
        assertThat(sent).isEqualTo(recording.cells());
    }

    @Test
    void mapsColumnsAndLeavesOutTheIgnored() throws IOException {
        Recording recording = load(
                PUMPS,
                layout(
                        List.of("experiment"),
                        Map.of("temp_c", Target.parse("temperature:Cel"), "note", Target.parse("remark")),
                        Set.of("anomaly")));
        Track valve = tracks(recording).get(0);
        assertThat(recording.readings(valve, 0, 77))
                .containsExactly(
                        new Reading("temperature", "Cel", 77, Value.of(21.5)),
                        new Reading("running", null, 77, Value.of(true)),
                        new Reading("remark", null, 77, Value.of("a \"good\", long\none")));
        assertThat(recording.columns()).extracting(Column::type).containsExactly("number", "boolean", "string");
    }

    @Test
    void readsGzipWhateverTheNameAndAByteOrderMark() throws IOException {
        Path file = folder.resolve("named-wrongly.txt");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\ufeffdatetime,v\n5,1\n".getBytes(StandardCharsets.UTF_8));
        }
        Layout layout =
                new Layout(List.of(), "house", "datetime", null, ZoneId.of("UTC"), ',', Map.of(), Set.of(), Set.of());
        assertThat(tracks(Recording.load(file, layout)))
                .extracting(Track::device)
                .containsExactly("house");
    }

    @Test
    void joinsSeveralIdColumns() throws IOException {
        Recording recording =
                load("part,node,datetime,v\nlib2,6,5,1\n", layout(List.of("part", "node"), Map.of(), Set.of()));
        assertThat(tracks(recording)).extracting(Track::device).containsExactly("lib2-6");
    }

    @Test
    void refusesWhatWouldMixUpDevicesOrMetrics() {
        Layout byId = layout(List.of("id"), Map.of(), Set.of());
        assertThatThrownBy(() -> load("id,datetime,v\na/b,1,1\na-b,1,1\n", byId))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("'a/b' and 'a-b'");
        assertThatThrownBy(() -> load("id,datetime,v/1,v-1\na,1,1,1\n", byId)).hasMessageContaining("two columns");
        assertThatThrownBy(() -> load("id,datetime,v\n///,1,1\n", byId)).hasMessageContaining("line 2");
    }

    @Test
    void namesTheLineThatDoesNotFit() {
        Layout byId = layout(List.of("id"), Map.of(), Set.of());
        assertThatThrownBy(() -> load("id,datetime,v\na,1,1\na,x,1\n", byId)).hasMessageContaining("line 3");
        assertThatThrownBy(() -> load("id,datetime,v\na,1,1,1\n", byId)).hasMessageContaining("4 cells");
        assertThatThrownBy(() -> load("id,datetime,v\na,1,\"1\n", byId)).hasMessageContaining("within quotes");
        assertThatThrownBy(() -> load("id,v\na,1\n", byId)).hasMessageContaining("no column 'datetime'");
        assertThatThrownBy(() -> load("", byId)).hasMessageContaining("empty");
    }
}
