package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of a fleet of ten thousand devices, which stand in the page alone; a thousand of them move with each frame. */
@QuarkusTest
class FleetTableTest {
    private static final int DEVICES = 10_000;
    /** A window of 860 pixels shows 16 rows; the rest is what scrolling needs beyond its edges. */
    private static final int ROWS_IN_PAGE = 60;

    private static final String FLEET =
            "window.syntheticFleet = {devices: " + DEVICES + ", movedPerFrame: 1000, framesPerSecond: 4}";

    @TestHTTPResource("/")
    URI service;

    private static Chromium chromium;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void onlyRowsInViewAreInThePage() throws IOException {
        String script = Files.readString(Path.of("src/test/resources/console/synthetic-fleet.js"));
        try (Visit visit = Visit.open(chromium, service, FLEET, script)) {
            visit.logIn("admin", "admin");
            Page page = visit.page();
            assertThat(page.locator("sl-fleet footer")).containsText("10,000 devices");
            Locator rows = page.locator("sl-fleet-table tr.row");
            assertThat(rows.first()).containsText("synthetic-00000");
            assertThat(rows.count()).isLessThan(ROWS_IN_PAGE);
            assertThat(rows.first().locator(".rate")).not().hasText("0.0");

            scrollTo(page, 0.5);
            await().atMost(Visit.SOON).until(() -> rows.first().innerText().matches("(?s).*synthetic-04\\d{3}.*"));
            assertThat(rows.count()).isLessThan(ROWS_IN_PAGE);
            anotherPageBeginsAtItsTopAndBackLeadsToWhereThisOneWasLeft(page);
            scrollTo(page, 1);
            assertThat(rows.last()).containsText("synthetic-09999");
            assertThat(rows.count()).isLessThan(ROWS_IN_PAGE);
            visit.screenshot("fleet-of-ten-thousand");

            page.locator("select[name='group']").selectOption("line-3");
            assertThat(page.locator("sl-fleet footer")).containsText("500 of 10,000 devices");
            assertThat(page).hasURL(service + "#/?group=line-3");
            page.reload();
            assertThat(page.locator("sl-fleet footer")).containsText("500 of 10,000 devices");
            visit.button("Offline").click();
            assertThat(page.getByText("No device matches.")).isVisible();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    /** A value that is cut could be read for another one, and a row that says nothing of more values for all there is. */
    @ParameterizedTest
    @ValueSource(ints = {360, 390, 640, 800, 1000, 1001, 1280, 1340, 1341, 1600, 2560})
    void noValueIsCut(int width) throws IOException {
        String fleet = "window.syntheticFleet = {devices: 20, movedPerFrame: 20, framesPerSecond: 4, metrics: 9}";
        String script = Files.readString(Path.of("src/test/resources/console/synthetic-fleet.js"));
        try (Visit visit = Visit.open(chromium, service, fleet, script)) {
            Page page = visit.page();
            page.setViewportSize(width, 860);
            visit.logIn("admin", "admin");
            assertThat(page.locator("tr.row").first()).isVisible();
            Locator values = page.locator("tr.row .list").first();
            assertThat(values.locator(".more")).isVisible();
            assertThat((boolean) values.evaluate("""
                    list => [...list.children].every(child =>
                      child.getBoundingClientRect().right <= list.getBoundingClientRect().right + 0.5)"""))
                    .as(
                            "at %s pixels %s values",
                            width, values.locator(".value").count())
                    .isTrue();
        }
    }

    private static void anotherPageBeginsAtItsTopAndBackLeadsToWhereThisOneWasLeft(Page page) {
        // So that the other page is longer than the window, too.
        page.setViewportSize(1280, 400);
        int left = top(page);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Groups").setExact(true))
                .click();
        assertThat(page.locator("sl-groups h1")).isFocused();
        assertThat(top(page)).isZero();
        page.goBack();
        assertThat(page.locator("sl-fleet h1")).isFocused();
        assertThat(top(page)).isEqualTo(left);
        page.setViewportSize(1280, 860);
    }

    private static int top(Page page) {
        return ((Number) page.evaluate("Math.round(scrollY)")).intValue();
    }

    private static void scrollTo(Page page, double part) {
        page.evaluate("part => window.scrollTo(0, part * document.documentElement.scrollHeight)", part);
    }
}
