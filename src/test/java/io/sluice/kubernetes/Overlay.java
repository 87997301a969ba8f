package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder under {@code k8s/overlays} and what kustomize makes of it: the objects that a cluster would be given. */
record Overlay(String name, List<JsonNode> objects) {
    private static final Path FOLDER = Path.of("k8s/overlays");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();
    private static final List<List<String>> COMMANDS =
            List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

    /** Every overlay there is. Skips the test where no kustomize is installed; in CI that is a failure. */
    static Stream<Overlay> all() throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(FOLDER)) {
            folders = found.sorted().toList();
        }
        assertThat(folders).isNotEmpty();
        return folders.stream()
                .map(folder -> RENDERED.computeIfAbsent(
                        folder.getFileName().toString(), name -> new Overlay(name, render(folder))));
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** Deployments and StatefulSets of Sluice. */
    List<JsonNode> workloads() {
        return Stream.concat(ofKind("Deployment"), ofKind("StatefulSet")).toList();
    }

    /** The one with that name. */
    JsonNode named(String kind, String name) {
        List<JsonNode> found =
                ofKind(kind).filter(object -> nameOf(object).equals(name)).toList();
        assertThat(found).as(kind + " " + name + " in " + this).hasSize(1);
        return found.get(0);
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static List<JsonNode> parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<JsonNode> render(Path folder) {
        for (List<String> command : COMMANDS) {
            List<String> whole = new ArrayList<>(command);
            whole.add(folder.toString());
            try {
                return parse(run(whole));
            } catch (CommandAbsentException next) {
                continue;
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("CI needs kubectl or kustomize on the PATH");
        }
        assumeTrue(false, "neither kubectl nor kustomize here");
        return List.of();
    }

    private static String run(List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException absent) {
            throw new CommandAbsentException(absent);
        }
        try {
            process.getOutputStream().close();
            // What it says of an error is short, so it cannot stand in the way of what is read first.
            String output = new String(process.getInputStream().readAllBytes());
            String errors = new String(process.getErrorStream().readAllBytes());
            assertThat(process.waitFor()).as(command + ": " + errors).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class CommandAbsentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CommandAbsentException(IOException cause) {
            super(cause);
        }
    }
}
