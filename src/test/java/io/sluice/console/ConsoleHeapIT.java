package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A page that watches 50 series at four frames a second for {@code sluice.console.duration}, two minutes unless given: its
 * heap does not grow. The series come out of the page itself, so that the service's limits are not what is measured.
 */
@Tag("endurance")
class ConsoleHeapIT {
    private static final Duration DURATION = Duration.parse(System.getProperty("sluice.console.duration", "PT2M"));
    /** Code is compiled and caches are filled meanwhile. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final double MAX_GROWTH_BYTES = 5_000_000;
    /** Its series are full from the start, or what fills them would be taken for growth. */
    private static final String DEVICE =
            "window.syntheticFleet = {devices: 1, movedPerFrame: 1, framesPerSecond: 4, metrics: 50, history: 300}";

    @Test
    void fiftySeriesDoNotGrowTheHeap() throws Exception {
        String script = Files.readString(Path.of("src/test/resources/console/synthetic-fleet.js"));
        try (ProductionSite site = ProductionSite.start("console-heap-it");
                RunningSluice service = site.run(Map.of("SLUICE_ALLOW_PLAINTEXT", "true"));
                Chromium chromium = Chromium.launch()) {
            service.awaitReady(Duration.ofSeconds(180), "https");
            try (Visit visit = Visit.open(chromium, URI.create(service.url("http", "/")), DEVICE, script)) {
                visit.logIn("admin", ProductionSite.PASSWORD);
                // The service does not know the device when its page asks for repeated messages.
                visit.expect(404);
                visit.goTo("/devices/synthetic-00000");
                assertThat(visit.page().locator("sl-metric")).hasCount(50);
                CDPSession browser = visit.page().context().newCDPSession(visit.page());
                watch(visit.page(), WARM_UP);
                double before = heap(browser);
                watch(visit.page(), DURATION);
                double after = heap(browser);
                System.out.printf("heap of the page: %.1f MB, after %s %.1f MB%n", before / 1e6, DURATION, after / 1e6);
                assertThat(after - before).isLessThan(MAX_GROWTH_BYTES);
                assertThat(visit.complaints()).isEmpty();
            }
        }
    }

    private static void watch(Page page, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        page.waitForCondition(
                () -> System.nanoTime() > end,
                new Page.WaitForConditionOptions().setTimeout(duration.toMillis() * 2.0));
    }

    /** What is reachable, in bytes. */
    private static double heap(CDPSession browser) {
        browser.send("HeapProfiler.collectGarbage");
        return browser.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    }
}
