package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A page that loses its connection while its device goes on sending: nothing is missing from its chart afterwards. */
@QuarkusTest
class ReconnectTest {
    private static final int MISSED_MS = 6_000;

    @TestHTTPResource("/")
    URI service;

    private final List<String> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private WebSocketRoute open;
    private boolean cut;

    @Test
    void whatWasMissedIsDrawn() {
        String device = "reconnect-" + UUID.randomUUID().toString().substring(0, 8);
        try (Chromium chromium = Chromium.launch();
                Visit visit = Visit.open(chromium, service);
                OneSensor sensor = new OneSensor(service, device, Registrar.register(device, "Reconnected"))) {
            Page page = visit.page();
            page.routeWebSocket("**/live", this::relay);
            // Only a page that is loaded afterwards goes by the route.
            page.reload();
            visit.logIn("admin", "admin");
            visit.goTo("/devices/" + device);
            assertThat(page.locator("[data-metric='temperature'] .value")).containsText("°C");
            page.waitForCondition(
                    () -> SeenWindows.of(page).size() >= 4, new Page.WaitForConditionOptions().setTimeout(30_000));

            cutOff(page);
            asked.clear();
            told.clear();
            cut = false;
            // By itself: by now it waits for up to some seconds between its attempts.
            assertThat(page.locator("sl-link-state"))
                    .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
            page.waitForCondition(() -> told.stream().anyMatch(frame -> frame.contains("\"recovered\":true")));
            assertThat(asked).anyMatch(frame -> frame.contains("\"since\":\"") && frame.contains(device));
            long before = SeenWindows.of(page).last();
            page.waitForCondition(
                    () -> SeenWindows.of(page).last() > before + 2_000,
                    new Page.WaitForConditionOptions().setTimeout(30_000));
            SeenWindows seen = SeenWindows.of(page);
            assertThat(seen.widestGap()).isEqualTo(1_000);
            assertThat(seen.otherThan(OneSensor.PER_SECOND)).isEmpty();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private void relay(WebSocketRoute browser) {
        if (cut) {
            browser.close(new WebSocketRoute.CloseOptions().setCode(1012));
            return;
        }
        open = browser;
        WebSocketRoute server = browser.connectToServer();
        browser.onMessage(frame -> {
            asked.add(frame.text());
            server.send(frame.text());
        });
        server.onMessage(frame -> {
            told.add(frame.text());
            browser.send(frame.text());
        });
    }

    private void cutOff(Page page) {
        cut = true;
        open.close(new WebSocketRoute.CloseOptions().setCode(1012));
        assertThat(page.locator("sl-link-state")).not().hasText("Live");
        long end = System.nanoTime() + MISSED_MS * 1_000_000L;
        page.waitForCondition(() -> System.nanoTime() > end);
    }
}
