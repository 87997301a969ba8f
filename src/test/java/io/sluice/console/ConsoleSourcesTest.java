package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console's sources, without a browser: the bundler strips types without looking at them, so they are checked here. */
class ConsoleSourcesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static NodeToolchain node;

    @BeforeAll
    static void prepare() throws Exception {
        node = NodeToolchain.prepare();
    }

    @Test
    void typesHold() throws Exception {
        Path compiler = node.modules().resolve("typescript/bin/tsc");

        NodeToolchain.Result result = node.run(LIMIT, compiler.toString(), "--project", "tsconfig.json");

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    /** A checker that is set up wrongly finds nothing, too. */
    @Test
    void aWrongTypeIsFound() throws Exception {
        Path wrong = Files.createTempFile(Path.of("target", "console"), "wrong", ".ts");
        Files.writeString(wrong, """
                import { LitElement } from 'lit';
                import { init } from 'echarts/core';
                const element: LitElement = 1;
                init(element.nothing);
                """);
        Path config = Files.createTempFile(Path.of("target", "console"), "wrong", ".json");
        Files.writeString(config, """
                {"extends": "../../tsconfig.json", "include": ["%s"]}
                """.formatted(wrong.getFileName()));
        try {
            Path compiler = node.modules().resolve("typescript/bin/tsc");

            NodeToolchain.Result result = node.run(LIMIT, compiler.toString(), "--project", config.toString());

            assertThat(result.output())
                    .contains("Type 'number' is not assignable to type 'LitElement'")
                    .contains("Property 'nothing' does not exist on type 'LitElement'");
        } finally {
            Files.delete(wrong);
            Files.delete(config);
        }
    }

    @Test
    void controllersDoWhatTheirTestsSay() throws Exception {
        NodeToolchain.Result result = node.run(LIMIT, "--test", "src/test/web/**/*.test.ts");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("tests 0");
    }

    /** Style attributes and inline scripts would be refused by the page's policy, and only be seen in a browser. */
    @Test
    void noTemplateWritesAStyleAttribute() throws Exception {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/resources/web"))) {
            assertThat(sources.filter(file -> file.toString().matches(".*\\.(ts|html)")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern("\\sstyle="));
        }
    }
}
