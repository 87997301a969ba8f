package io.sluice.sim.fleet;

import io.sluice.sim.firmware.Message;
import io.sluice.sim.pack.Encoding;
import io.sluice.sim.pack.PackWriter;
import io.sluice.sim.pack.Reading;
import io.sluice.sim.recording.Recording;
import io.sluice.sim.recording.Recording.Track;
import io.sluice.sim.recording.Timeline;
import java.util.List;

/** One device of a recording as a source: a message for each row, in the file's order, none left out. */
public final class Recorded implements Source {
    private final Recording recording;
    private final Track track;
    private final Timeline timeline;
    private final Encoding encoding;
    private final PackWriter writer;
    private int row;

    public Recorded(Recording recording, Track track, Timeline timeline, Encoding encoding) {
        this.recording = recording;
        this.track = track;
        this.timeline = timeline;
        this.encoding = encoding;
        this.writer = encoding.writer();
    }

    @Override
    public boolean hasNext() {
        return row < track.rows();
    }

    @Override
    public long dueMs() {
        return timeline.dueMs(track, track.timeMs(row));
    }

    @Override
    public Message next(long nowMs, long wallMs) {
        long time = timeline.eventMs(track, track.timeMs(row));
        List<Reading> readings = recording.readings(track, row, time);
        row++;
        return new Message(writer.write(track.device(), readings), encoding.isText(), readings.size());
    }

    @Override
    public long remaining() {
        return track.rows() - row;
    }

    @Override
    public long skipped() {
        return 0;
    }
}
