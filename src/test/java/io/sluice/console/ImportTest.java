package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Many devices at once, on the console: what became of each line, and their tokens in a file. */
@QuarkusTest
class ImportTest extends BrowserTest {
    @Test
    void linesBecomeDevicesAndTheirTokensAFile() throws IOException {
        Registrar.register("taken-" + run, "Taken");
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.goTo("/new-device");
            visit.page().getByText("Many at once").click();
            visit.page().getByLabel("Choose a file").setInputFiles(file());
            visit.button("Import").click();
            assertThat(visit.page().locator("[data-test='summary']"))
                    .containsText("2 devices created, 2 lines refused");
            Locator refused = visit.page().locator("[data-test='refused']");
            assertThat(refused.nth(0)).containsText("exists already");
            assertThat(refused.nth(1)).containsText("4");
            visit.screenshot("import");

            Download saved = visit.page()
                    .waitForDownload(
                            () -> visit.button("Save 2 tokens as a file").click());
            assertThat(saved.suggestedFilename()).isEqualTo("sluice-tokens.jsonl");
            String[] lines = Files.readString(saved.path()).split("\n");
            assertThat(lines).hasSize(2);
            String token = lines[1].replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
            assertThat(Registrar.statusOf("second-" + run, token)).isEqualTo(200);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private FilePayload file() {
        String lines = """
                {"id":"first-%1$s","name":"First","group":"imported-%1$s"}
                {"id":"taken-%1$s"}
                {"id":"second-%1$s"}
                no device
                """.formatted(run);
        return new FilePayload("devices.jsonl", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    }
}
