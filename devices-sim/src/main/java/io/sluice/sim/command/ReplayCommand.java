package io.sluice.sim.command;

import io.sluice.sim.fleet.Credentials;
import io.sluice.sim.fleet.Fleet.Member;
import io.sluice.sim.fleet.Recorded;
import io.sluice.sim.pack.Encoding;
import io.sluice.sim.recording.Recording;
import io.sluice.sim.recording.Recording.Track;
import io.sluice.sim.recording.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Replays a recording: one message for each row, in the file's order, at the recording's own pace"
                + " divided by the speed. Nothing is left out; a device that is held back goes on later.",
        footer = {
            "",
            "Its devices are made by 'provision --from-csv' with the same column options.",
            "Exit code 0: all acknowledged; 1: something was not, or a device was refused; 2: wrong usage."
        })
final class ReplayCommand implements Callable<Integer> {
    /** What the service takes by default (device protocol section 3, stale-time). */
    private static final Duration STALE = Duration.ofDays(7);

    /** Devices come up before the first row is due. */
    private static final Duration LEAD = Duration.ofMillis(500);

    @Parameters(paramLabel = "FILE.csv[.gz]", description = "The recording, with a header.")
    Path file = Path.of("");

    @Option(
            names = "--speed",
            defaultValue = "1",
            description = "How many times faster than recorded. Default: ${DEFAULT-VALUE}")
    double speed = 1;

    @Option(
            names = "--times",
            defaultValue = "end",
            description = {
                "Which times the readings bear. Default: ${DEFAULT-VALUE}",
                "end: each device's recording is shifted on its own so that its last row falls on the planned end.",
                "start: likewise its first row on the start (speed 1 only).",
                "compress: as start, distances divided by the speed.",
                "keep: as recorded."
            })
    Timeline.Times times = Timeline.Times.END;

    @Mixin
    RecordingOptions layout = new RecordingOptions();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        server.check();
        Recording recording = layout.load(file);
        Credentials credentials = server.load();
        ServerOptions.demandTokens(
                recording.tracks().stream().map(Track::device).toList(), credentials);
        Timeline timeline = timeline(recording);
        describe(recording, timeline);
        List<Member> members = new ArrayList<>();
        for (Track track : recording.tracks()) {
            Encoding encoding = server.encoding.of(members.size());
            members.add(new Member(
                    track.device(),
                    credentials.token(track.device()),
                    encoding.subprotocol(),
                    new Recorded(recording, track, timeline, encoding)));
        }
        return new Session("replay", server, report, members, false).run(null, true);
    }

    private Timeline timeline(Recording recording) throws UsageException {
        try {
            return new Timeline(times, speed, System.currentTimeMillis(), LEAD.toMillis(), recording.tracks());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void describe(Recording recording, Timeline timeline) {
        if (!report.quiet) {
            System.out.printf(
                    "%d rows of %d devices, %d values, planned for %.1f s, to %s, seed %d%n",
                    recording.rows(),
                    recording.tracks().size(),
                    recording.cells(),
                    timeline.lengthMs() / 1_000.0,
                    server.url,
                    server.seed);
            if (recording.emptyRows() > 0) {
                System.out.println(recording.emptyRows() + " rows without a value are left out");
            }
        }
        Instant earliest = Instant.ofEpochMilli(timeline.earliestMs(recording.tracks()));
        if (earliest.isBefore(Instant.now().minus(STALE))) {
            System.err.println("Warning: the first readings bear " + earliest
                    + "; the service refuses what is older than 7 days unless configured otherwise");
        }
    }
}
