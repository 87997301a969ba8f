package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A console that stays open while its service is killed and started again. */
@Tag("slow")
class ConsoleRestartIT {
    private static final Duration READY = Duration.ofSeconds(180);
    /** The longest back-off, and the time to open. */
    private static final double RECONNECTED_MS = 90_000;

    @Test
    void aPageLivesThroughARestartOfTheService() throws Exception {
        try (ProductionSite site = ProductionSite.start("console-restart-it");
                RunningSluice first = site.run(Map.of("SLUICE_ALLOW_PLAINTEXT", "true"));
                Chromium chromium = Chromium.launch()) {
            first.awaitReady(READY, "https");
            String made = first.post("/api/devices", "{\"id\":\"pump\"}").body();
            String token = new ObjectMapper().readTree(made).get("token").textValue();
            URI service = URI.create(first.url("http", "/"));
            try (Visit visit = Visit.open(chromium, service)) {
                Locator value = visit.page().locator("[data-metric='temperature'] .value");
                try (OneSensor sensor = new OneSensor(service, "pump", token)) {
                    visit.logIn("admin", ProductionSite.PASSWORD);
                    visit.goTo("/devices/pump");
                    assertThat(value).containsText("°C");
                    first.process().destroyForcibly().waitFor();
                }
                assertThat(visit.page().locator("sl-link-state")).hasText("Not live");
                assertThat(visit.page().locator("sl-banner")).containsText("Values stand still");
                try (RunningSluice second = first.startAgain()) {
                    second.awaitReady(READY, "https");
                    try (OneSensor sensor = new OneSensor(service, "pump", token)) {
                        assertThat(visit.page().locator("sl-link-state"))
                                .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(RECONNECTED_MS));
                        Set<String> seen = new HashSet<>();
                        await().atMost(Visit.SOON).until(() -> seen.add(value.innerText()) && seen.size() >= 4);
                    }
                }
            }
        }
    }
}
