package io.sluice.sim.recording;

import io.sluice.sim.firmware.DeviceId;
import io.sluice.sim.pack.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording in memory: for each device its rows in the file's order, as text, which is smaller than cells would be and
 * cheap to split again. Rows without a single value are left out and counted, because an empty pack is malformed.
 */
public final class Recording {
    private final char separator;
    private final Set<String> emptyWords;
    private final List<Column> columns;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Map<String, String> rawIds = new LinkedHashMap<>();
    private long emptyRows;
    private long cells;

    /** One device's rows. */
    public static final class Track {
        private final String device;
        private final List<String> rows = new ArrayList<>();
        private long[] times = new long[64];
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Track(String device) {
            this.device = device;
        }

        public String device() {
            return device;
        }

        public int rows() {
            return rows.size();
        }

        /** As recorded. */
        public long timeMs(int row) {
            return times[row];
        }

        /** The smallest time, which is not always the first row's. */
        long firstMs() {
            return first;
        }

        long lastMs() {
            return last;
        }

        void add(long timeMs, String row) {
            if (rows.size() == times.length) {
                times = Arrays.copyOf(times, 2 * times.length);
            }
            times[rows.size()] = timeMs;
            rows.add(row);
            first = Math.min(first, timeMs);
            last = Math.max(last, timeMs);
        }
    }

    private Recording(Layout layout, List<Column> columns) {
        this.separator = layout.separator();
        this.emptyWords = layout.emptyWords();
        this.columns = columns;
    }

    /** @throws IOException where the file cannot be read or does not fit the layout; the message names the line */
    public static Recording load(Path file, Layout layout) throws IOException {
        try (CsvReader in = new CsvReader(file, layout.separator())) {
            String header = in.next();
            if (header == null) {
                throw new IOException(file + " is empty");
            }
            try {
                Header columns = Header.of(in.split(header), layout);
                Recording recording = new Recording(layout, columns.metrics());
                recording.fill(in, columns, layout);
                return recording;
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + in.line() + ": " + e.getMessage(), e);
            }
        }
    }

    public List<Column> columns() {
        return columns;
    }

    public Collection<Track> tracks() {
        return tracks.values();
    }

    public long rows() {
        return tracks.values().stream().mapToLong(Track::rows).sum();
    }

    /** Non-empty cells of the mapped columns: so many records will be sent. */
    public long cells() {
        return cells;
    }

    public long emptyRows() {
        return emptyRows;
    }

    /** A row's values, all at that time; empty cells are omitted. */
    public List<Reading> readings(Track track, int row, long timeMs) {
        List<String> texts = CsvReader.split(track.rows.get(row), separator);
        List<Reading> readings = new ArrayList<>(columns.size());
        for (Column column : columns) {
            String cell = cell(texts, column.index());
            if (cell != null) {
                readings.add(new Reading(column.metric(), column.unit(), timeMs, column.value(cell)));
            }
        }
        return readings;
    }

    private void fill(CsvReader in, Header header, Layout layout) throws IOException {
        TimeFormat format = layout.timeFormat() == null ? null : TimeFormat.named(layout.timeFormat(), layout.zone());
        for (String row = in.next(); row != null; row = in.next()) {
            List<String> texts = in.split(row);
            if (texts.size() > header.width()) {
                throw new IllegalArgumentException(texts.size() + " cells under " + header.width() + " headers");
            }
            String time = header.time(texts);
            if (format == null) {
                format = TimeFormat.detected(time, layout.zone());
            }
            long millis = format.millis(time);
            int found = 0;
            for (Column column : columns) {
                String cell = cell(texts, column.index());
                if (cell != null) {
                    column.saw(cell);
                    found++;
                }
            }
            if (found == 0) {
                emptyRows++;
            } else {
                cells += found;
                track(header.rawId(texts), layout).add(millis, row);
            }
        }
    }

    private Track track(String rawId, Layout layout) {
        String device = layout.idColumns().isEmpty() ? layout.device() : DeviceId.from(layout.device() + rawId);
        String other = rawIds.putIfAbsent(device, rawId);
        if (other != null && !other.equals(rawId)) {
            throw new IllegalArgumentException(
                    "'" + other + "' and '" + rawId + "' would both be the device " + device);
        }
        return tracks.computeIfAbsent(device, Track::new);
    }

    private @Nullable String cell(List<String> texts, int index) {
        String cell = index < texts.size() ? texts.get(index) : "";
        return cell.isEmpty() || emptyWords.contains(cell) ? null : cell;
    }
}
