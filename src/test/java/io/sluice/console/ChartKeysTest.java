package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A chart by keyboard alone, and what is read aloud of it. */
@QuarkusTest
class ChartKeysTest extends BrowserTest {
    private static final Pattern POINT =
            Pattern.compile("\\d\\d:\\d\\d:\\d\\d: mean [0-9.]+ °C, from [0-9.]+ to [0-9.]+, \\d readings?");
    private static final String NO_POINT = "no point chosen";

    private final String device = "keys-" + run;

    @Test
    void aChartIsReadAndZoomedByKeyboard() throws Exception {
        try (Visit visit = visit();
                OneSensor sensor = new OneSensor(service, device, Registrar.register(device, "By keyboard"))) {
            visit.logIn("admin", "admin");
            visit.goTo("/devices/" + device);
            Locator chart = visit.page().getByRole(AriaRole.SLIDER);
            await().atMost(Visit.SOON).until(() -> points(chart) >= 4);
            assertThat(chart)
                    .hasAttribute(
                            "aria-label",
                            Pattern.compile("Chart of temperature, newest [0-9.]+ °C; since .* between .* and .* °C"));
            visit.button("Pause").click();
            assertThat(visit.page().locator(".paused")).isVisible();
            isReachedWithARing(visit, chart);
            itsPointsAreReadOneByOne(visit, chart);
            itIsZoomedAboutThePoint(visit, chart);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void isReachedWithARing(Visit visit, Locator chart) {
        press(visit, "Tab", "Tab");
        assertThat(chart).isFocused();
        assertThat(chart).hasCSS("outline-style", "solid");
        assertThat(chart).hasAttribute("aria-valuetext", NO_POINT);
    }

    private static void itsPointsAreReadOneByOne(Visit visit, Locator chart) {
        press(visit, "ArrowLeft");
        String newest = said(chart);
        assertThat(newest).matches(POINT);
        press(visit, "ArrowLeft");
        String before = said(chart);
        assertThat(before).matches(POINT).isNotEqualTo(newest);
        assertThat(visit.page().locator("sl-metric footer")).containsText(before.substring(0, 8));
        visit.screenshot("chart-keys");
        press(visit, "ArrowRight");
        assertThat(said(chart)).isEqualTo(newest);
        press(visit, "Home");
        assertThat(chart).hasAttribute("aria-valuenow", "1");
        press(visit, "End");
        assertThat(said(chart)).isEqualTo(newest);
    }

    private static void itIsZoomedAboutThePoint(Visit visit, Locator chart) {
        press(visit, "ArrowLeft", "+", "+");
        assertThat(visit.button("Zoom out")).isEnabled();
        assertThat(shown(visit, "metric.range.to - metric.range.from")).isEqualTo(15_000);
        assertThat(shown(visit, "metric.cursor.time - metric.range.from")).isBetween(0.0, 15_000.0);
        press(visit, "-");
        assertThat(shown(visit, "metric.range.to - metric.range.from")).isEqualTo(30_000);
        press(visit, "Escape");
        assertThat(visit.button("Zoom out")).isDisabled();
        assertThat(chart).hasAttribute("aria-valuetext", NO_POINT);
        assertThat(chart).isFocused();
    }

    private static double shown(Visit visit, String expression) {
        return ((Number) visit.page().locator("sl-metric").evaluate("metric => " + expression)).doubleValue();
    }

    private static int points(Locator chart) {
        return chart.count() == 0 ? 0 : Integer.parseInt(chart.getAttribute("aria-valuemax"));
    }

    private static String said(Locator chart) {
        return chart.getAttribute("aria-valuetext");
    }

    private static void press(Visit visit, String... keys) {
        Page page = visit.page();
        for (String key : keys) {
            page.keyboard().press(key);
        }
        // Elements render in a task of their own after an event.
        page.evaluate("() => new Promise(requestAnimationFrame)");
    }
}
