package io.sluice.recorded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A water pump's recording at 600 times its speed arrives complete, with its gaps, anomalies and negative pressures. */
@Tag("recorded")
class RecordedPumpIT {
    private static final Replay.Plan PUMP = new Replay.Plan(
            "skab_pump_1hz.csv.gz",
            List.of("experiment"),
            "datetime",
            600,
            "end",
            LongUnaryOperator.identity(),
            Duration.ofMinutes(3));

    private static Replay replay;

    @BeforeAll
    static void send() throws Exception {
        replay = Replay.of(PUMP);
    }

    @AfterAll
    static void stop() throws IOException {
        replay.close();
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
