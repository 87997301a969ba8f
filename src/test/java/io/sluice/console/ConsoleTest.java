package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console in a real browser against the real service: what an operator sees of a device that sends. */
@QuarkusTest
class ConsoleTest {
    /** What a page would make of it that took it for markup. */
    private static final String NAME = "Boiler <img src=x onerror=alert(1)>";

    private static final int BUNDLE_LIMIT_BYTES = 250_000;

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
    void anOperatorSeesADeviceMoveAndItsChart() throws IOException {
        String device = "console-" + UUID.randomUUID().toString().substring(0, 8);
        try (Visit visit = Visit.open(chromium, service);
                OneSensor sensor = new OneSensor(service, device, Registrar.register(device, NAME))) {
            aWrongPasswordIsRefused(visit.page());
            visit.logIn("admin", "admin");
            valueMovesInTheFleet(visit, device);
            chartMovesOnTheDevicesPage(visit, device);
            // Before the reload: the browser then forgets the bodies.
            bundleStaysSmall(visit.assets());
            deepLinkSurvivesReload(visit.page());
            assertThat(visit.complaints()).isEmpty();
        }
    }

    /** Of somebody who has never seen it: who sends rubbish, and why; and a new device that appears. */
    @Test
    void anOperatorFindsWhoSendsRubbishAndMakesADeviceThatAppears() {
        String run = UUID.randomUUID().toString().substring(0, 8);
        String bad = "rubbish-" + run;
        String fresh = "fresh-" + run;
        String token = Registrar.register(bad, NAME);
        Registrar.send(bad, token, "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5,\"t\":4e9}");
        try (Visit visit = Visit.open(chromium, service)) {
            visit.logIn("admin", "admin");
            whatIsRefusedIsSeenWithItsReason(visit, bad);
            aNewDevicesTokenSendsItsFirstReading(visit, fresh, "line-" + run);
            itsGroupHasTheReading(visit, fresh, "line-" + run);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void theWayBackFromADeviceKeepsWhatWasSearched() {
        String device = "searched-" + UUID.randomUUID().toString().substring(0, 8);
        Registrar.register(device, "Searched");
        try (Visit visit = Visit.open(chromium, service)) {
            visit.logIn("admin", "admin");
            Page page = visit.page();
            Locator search = page.getByLabel("Search devices");
            search.fill(device);
            String address = service + "#/?text=" + device;
            assertThat(page).hasURL(address);
            page.locator("tr[data-device='" + device + "'] .device a").click();
            assertThat(page).hasURL(service + "#/devices/" + device);
            page.locator("sl-device .back").click();
            assertThat(page).hasURL(address);
            assertThat(search).hasValue(device);
            assertThat(page.locator("sl-fleet footer")).containsText("1 of ");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void whatIsRefusedIsSeenWithItsReason(Visit visit, String bad) {
        Page page = visit.page();
        page.locator("tr[data-device='" + bad + "'] .rejects a").click();
        assertThat(page.locator("sl-rejects button[aria-pressed='true']")).containsText(bad);
        Locator reject = page.locator("sl-reject-list li").filter(new Locator.FilterOptions().setHasText(bad));
        assertThat(reject).containsText("from the future");
        reject.getByText("Show the record").click();
        assertThat(reject.locator("pre")).containsText("\"v\":21.5");
        assertThat(reject.locator(".content")).containsText("2 Oct 2096");
        visit.screenshot("rejects");
        reject.getByText(bad).click();
        assertThat(page.locator("sl-device sl-reject-list li")).containsText("from the future");
    }

    private static void aNewDevicesTokenSendsItsFirstReading(Visit visit, String device, String group) {
        Page page = visit.page();
        page.getByText("New device").click();
        page.locator("input[name='id']").fill(device);
        page.locator("input[name='group']").fill(group);
        page.getByText("Create").click();
        Locator token = page.locator("[data-test='token']");
        assertThat(token).hasText(Pattern.compile("[A-Za-z0-9_-]{43}"));
        assertThat(page.locator("[data-test='command']")).containsText(device + ":" + token.innerText());
        visit.screenshot("new-device");
        Registrar.send(device, token.innerText(), "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}");
        assertThat(page.getByText("It has sent a reading.")).isVisible();
    }

    private static void itsGroupHasTheReading(Visit visit, String device, String group) {
        Page page = visit.page();
        page.getByText("Groups").click();
        Locator card = page.locator("[data-group='" + group + "']");
        assertThat(card).containsText("21.50 °C");
        visit.screenshot("groups");
        card.getByText(group).click();
        assertThat(page.locator("[data-metric='temperature'] .value")).containsText("21.50 °C");
        assertThat(page.locator("sl-group li")).containsText(device);
    }

    private static void theFleetsNumbersHaveTheirCharts(Page page) {
        assertThat(page.locator("[data-test='way']")).hasText(Pattern.compile("[0-9.,]+ ms"));
        String before = page.locator("[data-test='way']").locator("..").getAttribute("title");
        assertThat(page.locator("[data-test='way']").locator("..")).not().hasAttribute("title", before);
        for (String number : List.of("connected", "rate", "rejects", "way")) {
            assertThat(page.locator(".tile:has([data-test='" + number + "']) sl-sparkline canvas"))
                    .isVisible();
        }
    }

    private static void aWrongPasswordIsRefused(Page page) {
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill("wrong");
        page.getByText("Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    }

    private void valueMovesInTheFleet(Visit visit, String device) {
        Page page = visit.page();
        Locator row = page.locator("tr[data-device='" + device + "']");
        assertThat(row.locator(".state")).hasText("connected");
        assertThat(row.locator(".device a")).hasText(NAME);
        assertThat(page.locator("img")).hasCount(0);
        Locator value = row.locator(".value dd");
        assertThat(value.first()).containsText("°C");
        Set<String> seen = new HashSet<>();
        await().atMost(Visit.SOON).until(() -> seen.add(value.first().innerText()) && seen.size() >= 4);
        theFleetsNumbersHaveTheirCharts(page);
        visit.screenshot("fleet");
        row.getByText("Boiler").click();
    }

    private void chartMovesOnTheDevicesPage(Visit visit, String device) {
        Page page = visit.page();
        assertThat(page).hasURL(service + "#/devices/" + device);
        Locator metric = page.locator("[data-metric='temperature']");
        assertThat(metric.locator(".value")).containsText("°C");
        assertThat(metric.locator("canvas").first()).isVisible();
        Set<String> drawn = new HashSet<>();
        await().atMost(Visit.SOON).until(() -> {
            drawn.add((String) metric.locator("canvas").first().evaluate("canvas => canvas.toDataURL()"));
            return drawn.size() >= 4;
        });
        metric.locator("canvas").first().hover();
        assertThat(page.locator(".connections tbody tr")).hasCount(1);
        assertThat(page.locator(".connections td").last()).hasText("connected");
        visit.screenshot("device");
        aPartIsLookedAtCloser(visit);
        // The minute that is running comes from the live stream, whatever is stored already.
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Hour").setExact(true))
                .click();
        assertThat(metric.locator(".value")).containsText("°C");
        assertThat(page.getByText("The history could not be read")).not().isVisible();
        visit.screenshot("history");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("1 s").setExact(true))
                .click();
        assertThat(metric.locator(".value")).containsText("°C");
    }

    private static void aPartIsLookedAtCloser(Visit visit) {
        Page page = visit.page();
        BoundingBox chart = page.locator("sl-metric canvas").first().boundingBox();
        double y = chart.y + chart.height / 2;
        page.mouse().move(chart.x + chart.width * 0.5, y);
        page.mouse().down();
        page.mouse().move(chart.x + chart.width * 0.9, y);
        page.mouse().up();
        assertThat(page.locator(".paused")).containsText("stand still");
        assertThat(visit.button("Zoom out")).isEnabled();
        double shown = ((Number)
                        page.locator("sl-metric").first().evaluate("metric => metric.range.to - metric.range.from"))
                .doubleValue();
        assertThat(shown).isBetween(15_000.0, 40_000.0);
        visit.screenshot("zoom");
        visit.button("Reset zoom").click();
        assertThat(visit.button("Zoom out")).isDisabled();
        visit.button("Resume").click();
        assertThat(page.locator(".paused")).hasCount(0);
    }

    private static void deepLinkSurvivesReload(Page page) {
        page.reload();
        assertThat(page.locator("[data-metric='temperature'] .value")).containsText("°C");
        assertThat(page.locator("[data-metric='temperature'] canvas").first()).isVisible();
    }

    /** All that a browser ever loads, compressed; the aim of the console's budget. */
    private static void bundleStaysSmall(List<Response> assets) throws IOException {
        Set<String> counted = new HashSet<>();
        long total = 0;
        for (Response asset : assets) {
            if (asset.status() == 200 && counted.add(asset.url())) {
                total += compressed(asset.body());
            }
        }
        assertThat(counted).hasSizeGreaterThanOrEqualTo(3);
        assertThat(total).isPositive().isLessThan(BUNDLE_LIMIT_BYTES);
    }

    private static int compressed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.size();
    }
}
