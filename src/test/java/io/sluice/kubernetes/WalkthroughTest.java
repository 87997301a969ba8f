package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of {@code k8s/README.md} name what is there: files, options, and objects of the overlay that they apply. */
class WalkthroughTest {
    private static final Path README = Path.of("k8s/README.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)\n```\n(.*?)\n```");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\n\\s*");
    private static final Pattern OBJECT =
            Pattern.compile("\\b(deployment|statefulset|service|kafka|cluster)/([a-z0-9-]+)");
    private static final Pattern SECRET = Pattern.compile("kubectl create secret generic (\\S+)");
    private static final Pattern KEY = Pattern.compile("--from-(?:file|literal)=([a-z.]+)=");
    private static final Pattern FORWARD = Pattern.compile("kubectl port-forward .*service/(\\S+) \\d+:(\\d+)");
    private static final Pattern SIMULATOR = Pattern.compile("devices-sim\\.jar (provision|run) (.*)");

    /** What the operators bring, which no overlay has. */
    private static final Set<String> OF_OPERATORS =
            Set.of("deployment/strimzi-cluster-operator", "deployment/cnpg-controller-manager");

    private List<String> commands = List.of();
    private Overlay kind;

    @BeforeEach
    void readBoth() throws IOException {
        String text = CONTINUED.matcher(Files.readString(README)).replaceAll("");
        commands = BLOCK.matcher(text)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertThat(commands).hasSizeGreaterThan(20);
        kind = Overlay.all()
                .filter(overlay -> overlay.name().equals("kind"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyObjectIsInTheOverlayOrAnOperators() {
        Set<String> named = found(OBJECT, MatchResult::group);
        assertThat(named).containsAll(OF_OPERATORS).hasSizeGreaterThan(OF_OPERATORS.size() + 4);
        named.removeAll(OF_OPERATORS);
        Set<String> objects = kind.objects().stream()
                .map(object -> object.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + Overlay.nameOf(object))
                .collect(Collectors.toSet());
        assertThat(objects).containsAll(named);
    }

    @Test
    void everyCommandIsForTheOverlaysNamespace() {
        Set<String> namespaces = found(Pattern.compile(" -n ([a-z0-9-]+)"), match -> match.group(1));
        namespaces.remove("cnpg-system");
        namespaces.addAll(found(Pattern.compile("create namespace (\\S+)"), match -> match.group(1)));
        namespaces.addAll(found(Pattern.compile("\\?namespace=(\\w+)"), match -> match.group(1)));
        kind.workloads()
                .forEach(workload ->
                        namespaces.add(workload.at("/metadata/namespace").asText()));
        assertThat(namespaces).hasSize(1);
        assertThat(found(Pattern.compile("^kind .*--name (\\S+)"), match -> match.group(1)))
                .hasSize(1);
    }

    /** Operators make the others: those named for the user, the cluster of brokers and that of databases. */
    @Test
    void everySecretThatNobodyElseMakesIsMadeWithItsKeys() {
        Map<String, Set<String>> made = new TreeMap<>();
        commands.forEach(command -> SECRET.matcher(command)
                .results()
                .forEach(secret -> made.put(
                        secret.group(1),
                        KEY.matcher(command)
                                .results()
                                .map(key -> key.group(1))
                                .collect(Collectors.toCollection(TreeSet::new)))));
        Set<String> ofOperators = Stream.of(
                        kind.ofKind("KafkaUser").map(Overlay::nameOf),
                        kind.ofKind("Kafka").map(kafka -> Overlay.nameOf(kafka) + "-cluster-ca-cert"),
                        kind.ofKind("Cluster")
                                .flatMap(cluster ->
                                        Stream.of(Overlay.nameOf(cluster) + "-app", Overlay.nameOf(cluster) + "-ca")))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        Set<String> needed = new TreeSet<>();
        for (JsonNode workload : kind.workloads()) {
            workload.findValues("secretName").forEach(name -> needed.add(name.asText()));
            for (JsonNode reference : workload.findValues("secretKeyRef")) {
                String name = reference.path("name").asText();
                needed.add(name);
                if (made.containsKey(name)) {
                    assertThat(made.get(name)).contains(reference.path("key").asText());
                }
            }
        }
        assertThat(needed).containsAll(ofOperators);
        needed.removeAll(ofOperators);
        assertThat(made).containsOnlyKeys(needed);
        assertThat(made.get("sluice-tls")).containsExactly("ca.crt", "tls.crt", "tls.key");
    }

    @Test
    void thePortsOfTheDoorsAreOpen() {
        Map<String, String> doors = new TreeMap<>();
        commands.forEach(command ->
                FORWARD.matcher(command).results().forEach(forward -> doors.put(forward.group(1), forward.group(2))));
        assertThat(doors)
                .hasSize(2)
                .allSatisfy((service, port) -> assertThat(kind.named("Service", service)
                                .at("/spec/ports/0/port")
                                .asText())
                        .isEqualTo(port));
    }

    @Test
    void theImageIsTheOneThatPodsAsk() {
        Set<String> images = found(Pattern.compile("docker build .* -t (\\S+)"), match -> match.group(1));
        images.addAll(found(Pattern.compile("load docker-image (\\S+)"), match -> match.group(1)));
        kind.workloads()
                .forEach(workload -> images.add(
                        workload.at("/spec/template/spec/containers/0/image").asText()));
        assertThat(images).hasSize(1);
    }

    @Test
    void everyFileIsThereOrMadeOnTheWay() {
        Set<String> files = found(
                Pattern.compile("(?:apply -k|docker build -f|mvnw -f) (?!-|https?:)(\\S+)"), match -> match.group(1));
        assertThat(files).hasSize(3).allMatch(file -> Files.exists(Path.of(file)), "is there");
        Set<String> made = found(Pattern.compile("-(?:keyout|out) (\\S+)"), match -> match.group(1));
        assertThat(made)
                .containsAll(found(
                        Pattern.compile("(?:-CA|-CAkey|--ca|--from-file=[a-z.]+=)[ ]?(target\\S+)"),
                        match -> match.group(1)));
        assertThat(made).allMatch(file -> file.startsWith("target/kind/"));
    }

    @Test
    void theSimulatorHasEveryOption() throws IOException {
        List<String> runs = commands.stream()
                .flatMap(command -> SIMULATOR.matcher(command).results().map(run -> run.group(2)))
                .toList();
        assertThat(runs).hasSize(2);
        String sources = sourcesOf(Path.of("devices-sim/src/main/java/io/sluice/sim/command"));
        assertThat(runs.stream()
                        .flatMap(run -> Stream.of(run.split(" ")))
                        .filter(word -> word.startsWith("--"))
                        .map(option -> '"' + option + '"'))
                .isNotEmpty()
                .allMatch(sources::contains);
    }

    private static String sourcesOf(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private Set<String> found(Pattern pattern, Function<MatchResult, String> part) {
        return commands.stream()
                .flatMap(command -> pattern.matcher(command).results())
                .map(part)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
