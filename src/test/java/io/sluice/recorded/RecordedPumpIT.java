package io.sluice.recorded;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A water pump's recording at 600 times its speed arrives complete. */
@Tag("recorded")
class RecordedPumpIT {
    private static RecordedRun run;
    private static Replay replay;

    @BeforeAll
    static void send() throws Exception {
        run = RecordedRun.of(ReplayPlan.PUMP);
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
    void readingsAreTheFilesCellsAtItsTimesShiftedOnce() {
        replay.assertValuesAndTimes();
    }

    @Test
    void finalMinutesAreWhatAPlainCalculationGives() {
        replay.assertFinalWindows("1m", Duration.ofMinutes(1));
    }
}
