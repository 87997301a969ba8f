package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.DevicesSim;
import io.sluice.local.DevicesSim.Fleet;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * How a recorded file is sent.
 *
 * @param times the simulator's mapping of times
 * @param distance from a device's first row to another in the file, to that of the times that they bear, in ms
 */
record ReplayPlan(
        String name,
        List<String> idColumns,
        String timeColumn,
        int speed,
        String times,
        LongUnaryOperator distance,
        Duration limit) {
    /** A water pump's recording with its gaps, anomalies and negative pressures; many experiments that end together. */
    static final ReplayPlan PUMP = new ReplayPlan(
            "skab_pump_1hz",
            List.of("experiment"),
            "datetime",
            600,
            "end",
            LongUnaryOperator.identity(),
            Duration.ofMinutes(3));

    private Path file() {
        String folder = System.getProperty("sluice.recorded");
        assertThat(folder)
                .as("-Dsluice.recorded, the folder of the recorded data")
                .isNotEmpty();
        return Path.of(folder).resolve(name + ".csv.gz").toAbsolutePath();
    }

    /** The group that the simulator puts all devices of a recording into. */
    String group() {
        return name;
    }

    Recording read() throws IOException {
        return Recording.read(file(), idColumns, timeColumn);
    }

    void provision(DevicesSim simulator, RunningSluice service) throws IOException, InterruptedException {
        List<String> options =
                new ArrayList<>(List.of("--profile", "recorded", "--readings-per-second", "20000", "--from-csv"));
        options.add(file().toString());
        options.addAll(columns());
        simulator.provision(service, options);
    }

    /** The caller closes it. */
    Fleet send(DevicesSim simulator, String url) throws IOException {
        List<String> replay = new ArrayList<>(List.of("replay", file().toString()));
        replay.addAll(columns());
        replay.addAll(List.of("--speed", Integer.toString(speed), "--times", times));
        return simulator.fleet("replay", url, replay);
    }

    private List<String> columns() {
        return List.of("--id-column", String.join(",", idColumns), "--time-column", timeColumn);
    }
}
