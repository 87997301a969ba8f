package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * One person at the console, in a browser profile of their own. It notes what must not happen on any page: errors and
 * warnings of the browser (a breach of the page's policy is one), and requests to third parties.
 */
final class Visit implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);
    private static final Path SCREENSHOTS = Path.of("target", "console", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final URI service;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Response> assets = new CopyOnWriteArrayList<>();
    private final Set<Integer> expected = new CopyOnWriteArraySet<>();

    private Visit(BrowserContext context, URI service) {
        this.context = context;
        this.page = context.newPage();
        this.service = service;
    }

    /** @param scripts run in the page before its own */
    static Visit open(Chromium chromium, URI service, String... scripts) {
        Visit visit = new Visit(
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 860)), service);
        visit.listen();
        for (String script : scripts) {
            visit.page.addInitScript(script);
        }
        Response first = visit.page.navigate(service.toString());
        assertThat(first.headerValue("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        return visit;
    }

    private void listen() {
        page.onConsoleMessage(message -> {
            if (message.type().matches("error|warning") && !isExpected(message)) {
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
            if (request.url().startsWith("http")
                    && !URI.create(request.url()).getHost().equals(service.getHost())) {
                complaints.add("request to a third party: " + request.url());
            }
        });
    }

    /** The browser itself notes each refusal; the first question is whether somebody is logged in, and nobody is. */
    private boolean isExpected(ConsoleMessage message) {
        return message.location().contains("/api/session")
                || (message.location().contains("/api/")
                        && expected.stream().anyMatch(status -> message.text().contains("status of " + status)));
    }

    /** From now on the service may refuse with this status. */
    void expect(int status) {
        expected.add(status);
    }

    void logIn(String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByText("Log in").click();
        assertThat(page.locator("sl-link-state")).hasText("Live");
    }

    /** @param route what stands behind the {@code #} */
    void goTo(String route) {
        page.navigate(service + "#" + route);
    }

    Page page() {
        return page;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    List<String> complaints() {
        return complaints;
    }

    List<Response> assets() {
        return assets;
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
    }
}
