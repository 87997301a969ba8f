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
            page.waitForCondition(() -> windows(page) >= 4, new Page.WaitForConditionOptions().setTimeout(30_000));

            cutOff(page);
            asked.clear();
            told.clear();
            cut = false;
            // By itself: by now it waits for up to some seconds between its attempts.
            assertThat(page.locator("sl-link-state"))
                    .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
            page.waitForCondition(() -> told.stream().anyMatch(frame -> frame.contains("\"recovered\":true")));
            assertThat(asked).anyMatch(frame -> frame.contains("\"since\":\"") && frame.contains(device));
            int before = windows(page);
            page.waitForCondition(
                    () -> windows(page) > before + 1, new Page.WaitForConditionOptions().setTimeout(30_000));
            assertThat(widestGap(page)).isEqualTo(1_000);
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

    private static int windows(Page page) {
        return (int) page.locator("sl-metric").first().evaluate("metric => metric.metric.series.length");
    }

    /** The longest time between two windows of the chart, ms; windows are of 1 s, and the device has five readings in each. */
    private static int widestGap(Page page) {
        return (int) page.locator("sl-metric").first().evaluate("""
                metric => {
                  const starts = [...metric.metric.series.start];
                  return Math.max(...starts.slice(1).map((start, i) => start - starts[i]));
                }""");
    }
}
