package io.sluice.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * ESLint with typescript-eslint, as {@code src/test/lint} pins and configures it. There are no mvnpm artefacts of it, so
 * the machine's npm brings it once into {@code target/console/lint}, by the lock's checksums and without running scripts.
 */
final class Linter {
    private static final Path SOURCES = Path.of("src", "test", "lint");
    private static final Path HOME = Path.of("target", "console", "lint");
    private static final String LOCK = "package-lock.json";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final NodeToolchain node;

    private Linter(NodeToolchain node) {
        this.node = node;
    }

    /** @throws IOException where there is no npm, or it cannot reach its registry */
    static Linter install(NodeToolchain node) throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        Path installed = HOME.resolve("installed.json");
        boolean fresh = Files.exists(installed) && Files.mismatch(SOURCES.resolve(LOCK), installed) == -1;
        for (String file : List.of("package.json", LOCK, "eslint.config.js")) {
            copy(SOURCES.resolve(file), HOME.resolve(file));
        }
        if (!fresh) {
            NodeToolchain.Result result =
                    NodeToolchain.run(HOME, LIMIT, List.of(npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            if (result.exitCode() != 0) {
                throw new IOException("npm ci: " + result.output());
            }
            copy(SOURCES.resolve(LOCK), installed);
        }
        return new Linter(node);
    }

    /** @param arguments files and folders from the project's root, and options of ESLint */
    NodeToolchain.Result lint(String... arguments) throws IOException, InterruptedException {
        Stream<String> all = Stream.of(
                HOME.resolve("node_modules/eslint/bin/eslint.js").toString(),
                "--config",
                HOME.resolve("eslint.config.js").toString(),
                "--max-warnings=0");
        return node.run(LIMIT, Stream.concat(all, Stream.of(arguments)).toArray(String[]::new));
    }

    private static String npm() {
        return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
