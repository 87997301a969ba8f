package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console's sources, without a browser: the bundler strips types without looking at them, so they are checked here. */
class ConsoleSourcesTest {
    private static final Path HOME = Path.of("target", "console");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static NodeToolchain node;

    @BeforeAll
    static void prepare() throws Exception {
        node = NodeToolchain.prepare();
    }

    @Test
    void typesHold() throws Exception {
        NodeToolchain.Result result = check("tsconfig.json");

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    /** A checker that is set up wrongly finds nothing, too. */
    @Test
    void aWrongTypeIsFound() throws Exception {
        try (Specimen wrong = Specimen.of("""
                import { LitElement } from 'lit';
                import { init } from 'echarts/core';
                const element: LitElement = 1;
                init(element.nothing);
                """)) {
            assertThat(check(wrong.config().toString()).output())
                    .contains("Type 'number' is not assignable to type 'LitElement'")
                    .contains("Property 'nothing' does not exist on type 'LitElement'");
        }
    }

    @Test
    void theLinterFindsNothing() throws Exception {
        NodeToolchain.Result result = linter().lint("src/main/resources/web/app", "src/test/web");

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void aBrokenRuleIsFound() throws Exception {
        try (Specimen wrong = Specimen.of("""
                async function late(): Promise<void> {
                  await Promise.resolve();
                }
                late();
                """)) {
            NodeToolchain.Result result = linter().lint(
                            "--parser-options",
                            "project:" + wrong.config(),
                            wrong.source().toString());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).contains("@typescript-eslint/no-floating-promises");
        }
    }

    @Test
    void controllersDoWhatTheirTestsSay() throws Exception {
        NodeToolchain.Result result = node.run(LIMIT, "--test", "src/test/web/**/*.test.ts");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("tests 0");
    }

    @Test
    void oneCompilerIsBehindBoth() throws Exception {
        JsonNode compiler = new ObjectMapper()
                .readTree(node.modules().resolve("typescript/package.json").toFile());

        assertThat(Path.of("src/test/lint/package.json"))
                .content()
                .contains("\"typescript\": \"%s\""
                        .formatted(compiler.get("version").textValue()));
    }

    /** Style attributes and inline scripts would be refused by the page's policy, and only be seen in a browser. */
    @Test
    void noTemplateWritesAStyleAttribute() throws Exception {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/resources/web"))) {
            assertThat(sources.filter(file -> file.toString().matches(".*\\.(ts|html)")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern("\\sstyle="));
        }
    }

    private static NodeToolchain.Result check(String project) throws Exception {
        Path compiler = node.modules().resolve("typescript/bin/tsc");
        return node.run(LIMIT, compiler.toString(), "--project", project);
    }

    /** Skips the test where npm or its registry is out of reach; in CI that is a failure. */
    private static Linter linter() throws Exception {
        try {
            return Linter.install(node);
        } catch (IOException unreachable) {
            if ("true".equals(System.getenv("CI"))) {
                throw unreachable;
            }
            return abort("no linter here: " + unreachable.getMessage());
        }
    }

    /** A source of its own beside the console's, to be judged as strictly. */
    private record Specimen(Path source, Path config) implements AutoCloseable {
        static Specimen of(String text) throws IOException {
            Path source = Files.createTempFile(HOME, "specimen", ".ts");
            Files.writeString(source, text);
            Path config = Files.createTempFile(HOME, "specimen", ".json");
            Files.writeString(config, """
                    {"extends": "../../tsconfig.json", "include": ["%s"]}
                    """.formatted(source.getFileName()));
            return new Specimen(source, config);
        }

        @Override
        public void close() throws IOException {
            Files.delete(source);
            Files.delete(config);
        }
    }
}
