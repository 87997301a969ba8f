package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A console that stays open while its service is killed and started again, before a device that keeps what it measures. */
@Tag("slow")
class ConsoleRestartIT {
    private static final Duration READY = Duration.ofSeconds(180);
    /** The longest back-off, and the time to open. */
    private static final double RECONNECTED_MS = 90_000;
    /** The device comes back by itself and sends what it has kept. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

    @Test
    void aChartIsWholeAfterARestartOfTheService() throws Exception {
        try (ProductionSite site = ProductionSite.start("console-restart-it");
                RunningSluice first = site.run(Map.of("SLUICE_ALLOW_PLAINTEXT", "true"));
                Chromium chromium = Chromium.launch()) {
            first.awaitReady(READY, "https");
            String made = first.post("/api/devices", "{\"id\":\"pump\"}").body();
            String token = new ObjectMapper().readTree(made).get("token").textValue();
            URI service = URI.create(first.url("http", "/"));
            try (Visit visit = Visit.open(chromium, service);
                    BufferingSensor sensor = new BufferingSensor(first.port(), "pump", token)) {
                visit.logIn("admin", ProductionSite.PASSWORD);
                visit.goTo("/devices/pump");
                Page page = visit.page();
                assertThat(page.locator("[data-metric='temperature'] .value")).containsText("°C");
                await().atMost(Visit.SOON).until(() -> SeenWindows.of(page).size() >= 4);
                first.process().destroyForcibly().waitFor();
                assertThat(page.locator("sl-link-state")).hasText("Not live");
                assertThat(page.locator("sl-banner")).containsText("Values stand still");
                long killed = SeenWindows.of(page).last();
                try (RunningSluice second = first.startAgain()) {
                    second.awaitReady(READY, "https");
                    long ready = System.currentTimeMillis();
                    assertThat(page.locator("sl-link-state"))
                            .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(RECONNECTED_MS));
                    await().atMost(CAUGHT_UP).until(() -> SeenWindows.of(page).last() > ready + 3_000);
                    assertThat(ready).isGreaterThan(killed + 5_000);
                    // Windows that were merely late to arrive come within what the chart then has.
                    await().atMost(Visit.SOON).untilAsserted(() -> {
                        SeenWindows seen = SeenWindows.of(page);
                        assertThat(seen.first()).isLessThan(killed);
                        assertThat(seen.widestGap()).isEqualTo(1_000);
                        // Only the window that was running then may lack readings: before they come again it has closed
                        // by
                        // the time that has passed since the last addition. The service tells of them.
                        assertThat(seen.otherThan(BufferingSensor.PER_SECOND))
                                .allSatisfy(start -> assertThat(start).isBetween(killed - 1_000, killed + 1_000));
                        assertThat(second.json("/api/devices/pump")
                                        .at("/late/readings")
                                        .intValue())
                                .as("late for a window of some length")
                                .isGreaterThanOrEqualTo(seen.missing(BufferingSensor.PER_SECOND));
                    });
                    visit.screenshot("restart");
                }
            }
        }
    }
}
