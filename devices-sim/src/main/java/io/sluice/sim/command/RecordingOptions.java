package io.sluice.sim.command;

import io.sluice.sim.firmware.DeviceId;
import io.sluice.sim.recording.Layout;
import io.sluice.sim.recording.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read a CSV file. The same for 'replay' and 'provision --from-csv', so that both mean the same devices. */
final class RecordingOptions {
    @Option(
            names = "--id-column",
            split = ",",
            description = "Column that names a row's device; several are joined by '-'. Characters that no id may have"
                    + " become '-'. Default: one device")
    List<String> idColumns = new ArrayList<>();

    @Option(
            names = "--id-prefix",
            defaultValue = "",
            description = "Put before the ids; without --id-column the id itself. Default: none, or the file's name")
    String idPrefix = "";

    @Option(names = "--time-column", description = "Column with the time of a row. Required with a CSV file.")
    @Nullable
    String timeColumn;

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description =
                    "iso (2020-02-08 13:30:47, also with T, fraction, offset), epoch-s, epoch-ms, or a pattern such"
                            + " as 'dd.MM.yyyy HH:mm'. Default: found out by the first row")
    @Nullable
    String timeFormat;

    @Option(names = "--zone", defaultValue = "UTC", description = "Of times that name none. Default: ${DEFAULT-VALUE}")
    ZoneId zone = ZoneId.of("UTC");

    @Option(names = "--separator", defaultValue = ",", description = "Between cells. Default: ${DEFAULT-VALUE}")
    char separator = ',';

    @Option(
            names = "--map",
            paramLabel = "COLUMN=METRIC[:UNIT]",
            description =
                    "What a column becomes; may be repeated. Others become metrics of their own name, without unit.")
    Map<String, String> map = new LinkedHashMap<>();

    @Option(names = "--ignore", split = ",", description = "Columns to leave out.")
    List<String> ignore = new ArrayList<>();

    @Option(
            names = "--empty",
            split = ",",
            defaultValue = "NaN,NA,?",
            description = "Words that stand for an empty cell. Default: ${DEFAULT-VALUE}")
    List<String> empty = List.of("NaN", "NA", "?");

    Recording load(Path file) throws UsageException, IOException {
        if (timeColumn == null) {
            throw new UsageException("--time-column is missing");
        }
        try {
            Map<String, Layout.Target> targets = new LinkedHashMap<>();
            map.forEach((column, target) -> targets.put(column, Layout.Target.parse(target)));
            Layout layout = new Layout(
                    idColumns,
                    idColumns.isEmpty() && idPrefix.isEmpty() ? name(file) : idPrefix,
                    timeColumn,
                    timeFormat,
                    zone,
                    separator,
                    targets,
                    new HashSet<>(ignore),
                    new HashSet<>(empty));
            Recording recording = Recording.load(file, layout);
            if (recording.rows() == 0) {
                throw new UsageException(file + " has no row with a value");
            }
            return recording;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The file's name without its endings, as an id. */
    static String name(Path file) {
        return DeviceId.from(file.getFileName().toString().replaceFirst("(?i)(\\.csv)?(\\.gz)?$", ""));
    }
}
