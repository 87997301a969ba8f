package io.sluice.recorded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A library's sensor network, with repeated rows, gaps and a node that restarts; its ten hours in half a minute. */
@Tag("recorded")
class RecordedLibraryIT {
    private static final int SPEED = 1_200;

    private static final ReplayPlan LIBRARY = new ReplayPlan(
            "ulb_library_wsn",
            List.of("part", "node"),
            "arrival_ms",
            SPEED,
            "compress",
            distance -> distance / SPEED,
            Duration.ofMinutes(3));

    private static RecordedRun run;
    private static Replay replay;

    @BeforeAll
    static void send() throws Exception {
        run = RecordedRun.of(LIBRARY);
        replay = run.replay();
    }

    @AfterAll
    static void stop() throws IOException {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void nothingIsRejected() {
        replay.assertNothingRejected();
    }

    @Test
    void acknowledgedMessagesAreTheRowsAndWhatIsStored() {
        replay.assertAcknowledgedIsWhatIsStored();
    }

    @Test
    void readingsAreTheFilesCellsAtItsTimesCompressed() {
        replay.assertValuesAndTimes();
    }

    @Test
    void finalSecondsAreWhatAPlainCalculationGives() {
        replay.assertFinalWindows("1s", Duration.ofSeconds(1));
    }
}
