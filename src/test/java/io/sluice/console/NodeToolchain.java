package io.sluice.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Node without a Node installation: the binary that Playwright brings for its driver, and beside it the packages that
 * the type checker needs, unpacked from their jars. Everything lies under {@code target/console} and comes from the local
 * Maven repository, so it works offline.
 */
final class NodeToolchain {
    private static final Path HOME = Path.of("target", "console");
    private static final Path JARS = HOME.resolve("jars");
    private static final Path MODULES = HOME.resolve("node_modules");

    private final Path node;

    private NodeToolchain(Path node) {
        this.node = node;
    }

    /** What a run printed, both streams in one, and its exit code. */
    record Result(int exitCode, String output) {}

    static NodeToolchain prepare() throws IOException {
        NpmPackages packages = new NpmPackages(MODULES);
        for (Path jar : jars()) {
            packages.unpack(jar);
        }
        return new NodeToolchain(unpackNode());
    }

    Path modules() {
        return MODULES;
    }

    Result run(Duration limit, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(node.toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        return run(Path.of(""), limit, command);
    }

    /** @throws IOException also where there is no such command, or it took longer */
    static Result run(Path folder, Duration limit, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(HOME, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command + " took longer than " + limit + ": " + Files.readString(output, UTF_8));
            }
            return new Result(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** The tools that the build copied, and of the bundled libraries what the class path has. */
    private static List<Path> jars() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> copied = Files.list(JARS)) {
            copied.filter(jar -> jar.toString().endsWith(".jar")).forEach(all::add);
        }
        for (String library : new String[] {"lit", "lit-html", "lit-element", "echarts", "zrender", "tslib"}) {
            all.add(jarOf("META-INF/maven/org.mvnpm/" + library + "/pom.properties"));
        }
        all.add(jarOf("META-INF/maven/org.mvnpm.at.lit/reactive-element/pom.properties"));
        return all;
    }

    private static Path jarOf(String resource) throws IOException {
        URL url = NodeToolchain.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new IOException(resource + " is not on the class path");
        }
        String jar = url.getPath().substring("file:".length(), url.getPath().indexOf("!/"));
        return Path.of(jar.replace("%20", " "));
    }

    private static Path unpackNode() throws IOException {
        String platform = platform();
        String name = platform.startsWith("win") ? "node.exe" : "node";
        URL resource = NodeToolchain.class.getClassLoader().getResource("driver/" + platform + "/" + name);
        if (resource == null) {
            throw new IOException("Playwright's driver bundle has no Node for " + platform);
        }
        Path node = HOME.resolve(name);
        if (Files.notExists(node)) {
            Files.createDirectories(HOME);
            Path fresh = Files.createTempFile(HOME, "node", ".part");
            try (InputStream content = resource.openStream()) {
                Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING);
            }
            File executable = fresh.toFile();
            if (!executable.setExecutable(true)) {
                throw new IOException("cannot make " + fresh + " executable");
            }
            Files.move(fresh, node, StandardCopyOption.ATOMIC_MOVE);
        }
        return node;
    }

    /** The folders' names in Playwright's driver bundle. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (system.contains("win")) {
            return "win32_x64";
        }
        if (system.contains("mac")) {
            return arm ? "mac-arm64" : "mac";
        }
        return arm ? "linux-arm64" : "linux";
    }
}
