package io.sluice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded server as a process of its own, seen from the process that wants it.
 *
 * <p>A process, not a thread of the service: it outlives live reloads, its heap is not the service's, it stops after the
 * service whatever way the service ends (its standard input closes, also on {@code kill -9}), and a test can take it
 * away as a broken machine would.
 */
public final class ServerProcess implements AutoCloseable {
    /** What a child prints, alone on a line, when it serves; the address follows. */
    static final String READY = "sluice-ready ";
    /** What a child prints when it cannot start; the reason follows. */
    static final String FAILED = "sluice-failed ";

    /**
     * Ctrl-C and a closed terminal reach the whole foreground group, and the servers must outlive the service that still
     * needs them. A JVM leaves a signal alone that was ignored when it started.
     */
    private static final List<String> OUTLIVING_CTRL_C =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\"");

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final String address;

    private ServerProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts the class's {@code main} with the class path of this JVM and waits until it serves.
     *
     * @param log receives what the server writes on its standard error
     * @throws IllegalStateException when it did not start within 90 s, with its own reason where it gave one
     */
    static ServerProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(OUTLIVING_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(ClassPath.of(main));
        command.add(main.getName());
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            return new ServerProcess(process, awaitReady(process, main.getSimpleName(), log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return address;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to stop and waits; takes it down by force after 20 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // a dead child has no input to close
        }
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String awaitReady(Process process, String name, Path log) {
        CompletableFuture<String> verdict = new CompletableFuture<>();
        Thread reader = new Thread(() -> readOutput(process, verdict), "sluice-" + name + "-output");
        reader.setDaemon(true);
        reader.start();
        try {
            String line = verdict.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (line.startsWith(READY)) {
                return line.substring(READY.length()).trim();
            }
            throw new IllegalStateException(
                    name + " did not start: " + line.replace(FAILED, "") + " (see " + log + ")");
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    name + " did not start within " + START_LIMIT.toSeconds() + " s (see " + log + ")");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("interrupted while " + name + " was starting");
        }
    }

    /** Reads to the end, so that a child never blocks on a full pipe. */
    private static void readOutput(Process process, CompletableFuture<String> verdict) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY) || line.startsWith(FAILED)) {
                    verdict.complete(line);
                }
            }
        } catch (IOException closed) {
            // the pipe breaks when the child is killed; the verdict below says so
        }
        verdict.complete(FAILED + "its process ended");
    }
}
