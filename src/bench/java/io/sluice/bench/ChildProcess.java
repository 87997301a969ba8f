package io.sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that was started for the benchmark, and what the operating system says about it. */
final class ChildProcess implements AutoCloseable {
    /** What a child prints when it serves; the address follows. The embedded servers of Sluice's room `local` do too. */
    static final String READY = "sluice-ready ";

    /** What a child prints that has something to tell in the end; it follows. */
    static final String RESULT = "sluice-result ";

    private static final long START_SECONDS = 90;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final CompletableFuture<String> address = new CompletableFuture<>();
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Thread reader = new Thread(this::readOutput, "output of " + log.getFileName());
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** @param arguments of {@code java}: options, class or jar, its arguments */
    static ChildProcess java(Path log, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return start(log, environment, command);
    }

    static ChildProcess start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), log);
    }

    /** Waits until it says where it serves, as {@code host:port}. */
    String awaitAddress() throws Exception {
        return address.get(START_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until it says what it has to tell. */
    String awaitResult(long millis) throws Exception {
        return result.get(millis, TimeUnit.MILLISECONDS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** User and system time so far, of all its threads; resolution 10 ms. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no resident size of " + process.pid());
    }

    /** Of a JVM: octets of live objects, after a full collection. */
    long liveHeapBytes() throws IOException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .start();
        String total = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(histogram.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                total = line;
            }
        }
        String[] parts = total.trim().split("\\s+");
        if (parts.length != 3 || !parts[0].equals("Total")) {
            throw new IOException("no heap of " + process.pid() + ": " + total);
        }
        return Long.parseLong(parts[2]);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** To the end, so that a child never blocks on a full pipe. */
    private void readOutput() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY)) {
                    address.complete(line.substring(READY.length()).trim());
                } else if (line.startsWith(RESULT)) {
                    result.complete(line.substring(RESULT.length()).trim());
                }
            }
        } catch (IOException closed) {
            // the pipe breaks with the process
        }
        IOException ended = new IOException("its process ended, see " + log);
        address.completeExceptionally(ended);
        result.completeExceptionally(ended);
    }
}
