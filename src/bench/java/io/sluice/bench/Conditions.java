package io.sluice.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/** Where and when it was measured, for whoever reads the figures. */
record Conditions(String machine, String commit, String loadBefore) {
    static Conditions now() throws IOException, InterruptedException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown CPU");
        String machine = Runtime.getRuntime().availableProcessors() + " × " + cpu + ", Linux "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.name") + " "
                + Runtime.version();
        return new Conditions(machine, gitDescription(), loadAverage());
    }

    /** @param settings a sentence on how it was measured */
    String describe(String settings) {
        return String.format(
                Locale.ROOT,
                "%s, commit %s. %s. %s Load average of the machine before: %s; after: %s.",
                LocalDate.now(),
                commit,
                machine,
                settings,
                loadBefore,
                loadAverage());
    }

    private static String loadAverage() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String gitDescription() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        String commit = new String(git.getInputStream().readAllBytes()).trim();
        git.waitFor();
        return commit.isEmpty() ? "unknown" : commit;
    }
}
