package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The console in a real browser against the real service: what an operator sees of a device that sends. */
@QuarkusTest
class ConsoleTest {
    private static final Path SCREENSHOTS = Path.of("target", "console", "screenshots");
    private static final Duration SOON = Duration.ofSeconds(30);
    /** What a page would make of it that took it for markup. */
    private static final String NAME = "Boiler <img src=x onerror=alert(1)>";

    private static final int BUNDLE_LIMIT_BYTES = 250_000;

    @TestHTTPResource("/")
    URI service;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Response> assets = new CopyOnWriteArrayList<>();

    @Test
    void anOperatorSeesADeviceMoveAndItsChart() throws IOException {
        String device = "console-" + UUID.randomUUID().toString().substring(0, 8);
        try (Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser().newContext();
                OneSensor sensor = new OneSensor(service, device, register(device))) {
            Page page = open(context);
            logIn(page);
            valueMovesInTheFleet(page, device);
            chartMovesOnTheDevicesPage(page, device);
            // Before the reload: the browser then forgets the bodies.
            bundleStaysSmall();
            deepLinkSurvivesReload(page);
            assertThat(complaints).isEmpty();
        }
    }

    /** Of somebody who has never seen it: who sends rubbish, and why; and a new device that appears. */
    @Test
    void anOperatorFindsWhoSendsRubbishAndMakesADeviceThatAppears() {
        String run = UUID.randomUUID().toString().substring(0, 8);
        String bad = "rubbish-" + run;
        String fresh = "fresh-" + run;
        String token = register(bad);
        send(bad, token, "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5,\"t\":4e9}");
        try (Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser().newContext()) {
            Page page = open(context);
            logIn(page);
            whatIsRefusedIsSeenWithItsReason(page, bad);
            aNewDevicesTokenSendsItsFirstReading(page, fresh, "line-" + run);
            itsGroupHasTheReading(page, fresh, "line-" + run);
            assertThat(complaints).isEmpty();
        }
    }

    private static void whatIsRefusedIsSeenWithItsReason(Page page, String bad) {
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Rejects").setExact(true))
                .click();
        Locator reject = page.locator("sl-reject-list li").filter(new Locator.FilterOptions().setHasText(bad));
        assertThat(reject).containsText("from the future", containsSoon());
        screenshot(page, "rejects");
        reject.getByText(bad).click();
        assertThat(page.locator("sl-device sl-reject-list li")).containsText("from the future", containsSoon());
    }

    private static void aNewDevicesTokenSendsItsFirstReading(Page page, String device, String group) {
        page.getByText("New device").click();
        page.locator("input[name='id']").fill(device);
        page.locator("input[name='group']").fill(group);
        page.getByText("Create").click();
        Locator token = page.locator("[data-test='token']");
        assertThat(token).hasText(Pattern.compile("[A-Za-z0-9_-]{43}"), soon());
        assertThat(page.locator("[data-test='command']")).containsText(device + ":" + token.innerText());
        screenshot(page, "new-device");
        send(device, token.innerText(), "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}");
        assertThat(page.getByText("It has sent a reading.")).isVisible(visibleSoon());
    }

    private static void itsGroupHasTheReading(Page page, String device, String group) {
        page.getByText("Groups").click();
        Locator card = page.locator("[data-group='" + group + "']");
        assertThat(card).containsText("21.50 °C", containsSoon());
        screenshot(page, "groups");
        card.getByText(group).click();
        assertThat(page.locator("[data-metric='temperature'] .value")).containsText("21.50 °C", containsSoon());
        assertThat(page.locator("sl-group li")).containsText(device, containsSoon());
    }

    private static void send(String device, String token, String record) {
        RestAssured.given()
                .auth()
                .preemptive()
                .basic(device, token)
                .contentType("application/senml+json")
                .body("[" + record + "]")
                .post("/ingest")
                .then()
                .statusCode(anyOf(is(200), is(422)));
    }

    private static String register(String device) {
        return RestAssured.given()
                .auth()
                .preemptive()
                .basic("admin", "admin")
                .contentType(ContentType.JSON)
                .body("{\"id\":\"" + device + "\",\"name\":\"" + NAME + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private Page open(BrowserContext context) {
        Page page = context.newPage();
        page.setViewportSize(1280, 860);
        page.onConsoleMessage(message -> {
            // The browser itself notes each 401; the first question is whether somebody is logged in, and nobody is.
            boolean isExpected = message.location().contains("/api/session");
            if (message.type().matches("error|warning") && !isExpected) {
                complaints.add(message.type() + ": " + message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.onResponse(response -> {
            if (response.url().matches(".*/static/bundle/[^/]+\\.(js|css)")) {
                assets.add(response);
            }
        });
        page.onRequest(request -> {
            if (!URI.create(request.url()).getHost().equals(service.getHost())) {
                complaints.add("request to a third party: " + request.url());
            }
        });
        Response first = page.navigate(service.toString());
        assertThat(first.headerValue("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        return page;
    }

    private void logIn(Page page) {
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill("wrong");
        page.getByText("Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Password").fill("admin");
        page.getByText("Log in").click();
        assertThat(page.locator("sl-link-state")).hasText("Live", soon());
    }

    private void valueMovesInTheFleet(Page page, String device) {
        Locator row = page.locator("tr[data-device='" + device + "']");
        assertThat(row.locator(".state")).hasText("connected", soon());
        assertThat(row.locator(".device a")).hasText(NAME);
        assertThat(page.locator("img")).hasCount(0);
        Locator value = row.locator(".value dd");
        assertThat(value.first()).containsText("°C", containsSoon());
        Set<String> seen = new HashSet<>();
        await().atMost(SOON).until(() -> seen.add(value.first().innerText()) && seen.size() >= 4);
        screenshot(page, "fleet");
        row.getByText("Boiler").click();
    }

    private void chartMovesOnTheDevicesPage(Page page, String device) {
        assertThat(page).hasURL(service + "#/devices/" + device);
        Locator metric = page.locator("[data-metric='temperature']");
        assertThat(metric.locator(".value")).containsText("°C", containsSoon());
        assertThat(metric.locator("canvas").first()).isVisible(visibleSoon());
        Set<String> drawn = new HashSet<>();
        await().atMost(SOON).until(() -> {
            drawn.add((String) metric.locator("canvas").first().evaluate("canvas => canvas.toDataURL()"));
            return drawn.size() >= 4;
        });
        metric.locator("canvas").first().hover();
        screenshot(page, "device");
        // The minute that is running comes from the live stream, whatever is stored already.
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Hour").setExact(true))
                .click();
        assertThat(metric.locator(".value")).containsText("°C", containsSoon());
        assertThat(page.getByText("The history could not be read")).not().isVisible();
        screenshot(page, "history");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("1 s").setExact(true))
                .click();
        assertThat(metric.locator(".value")).containsText("°C", containsSoon());
    }

    private void deepLinkSurvivesReload(Page page) {
        page.reload();
        assertThat(page.locator("[data-metric='temperature'] .value")).containsText("°C", containsSoon());
        assertThat(page.locator("[data-metric='temperature'] canvas").first()).isVisible(visibleSoon());
    }

    /** All that a browser ever loads, compressed; the aim of the console's budget. */
    private void bundleStaysSmall() throws IOException {
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

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static LocatorAssertions.HasTextOptions soon() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SOON.toMillis());
    }

    private static LocatorAssertions.ContainsTextOptions containsSoon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON.toMillis());
    }

    private static LocatorAssertions.IsVisibleOptions visibleSoon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(SOON.toMillis());
    }
}
