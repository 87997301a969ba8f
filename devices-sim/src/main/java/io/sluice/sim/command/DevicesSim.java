package io.sluice.sim.command;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A fleet of well-behaved devices for Sluice. */
@Command(
        name = "devices-sim",
        mixinStandardHelpOptions = true,
        version = "devices-sim 0.1.0",
        description = "A fleet of well-behaved devices for Sluice.",
        subcommands = {ProvisionCommand.class, RunCommand.class, ReplayCommand.class})
public final class DevicesSim {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private DevicesSim() {}

    public static void main(String[] args) {
        // Vert.x and Netty warn of every connection that ends; the report counts those.
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new DevicesSim())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    if (problem instanceof UsageException) {
                        command.getErr().println(problem.getMessage());
                        return USAGE;
                    }
                    if (problem instanceof IOException) {
                        command.getErr().println(problem.getClass().getSimpleName() + ": " + problem.getMessage());
                        return FAILED;
                    }
                    throw problem;
                });
    }
}
