package io.sluice.sim.command;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is told while running and at the end. */
final class ReportOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "No progress lines and no report; errors are still told.")
    boolean quiet;

    @Option(
            names = "--progress",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationText.class,
            description = "Between two progress lines. Default: ${DEFAULT-VALUE}")
    Duration progress = Duration.ofSeconds(5);

    @Option(names = "--report", paramLabel = "FILE.json", description = "Write the report there too, for programs.")
    @Nullable
    Path report;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description =
                    "Write a line for each acknowledged message: device, epoch, number, records, rejected ones, sendings.")
    @Nullable
    Path ledger;

    @Option(
            names = "--drain-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationText.class,
            description = "How long to wait at the end for what is unacknowledged. Default: ${DEFAULT-VALUE}")
    Duration drainTimeout = Duration.ofSeconds(30);
}
