package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every page as axe sees it, in light and dark: contrast, names of controls, roles, structure. */
@QuarkusTest
@Tag("slow")
class AccessibilityTest {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    @TestHTTPResource("/")
    URI service;

    /** @param sign what is seen once it is there */
    private record Place(String route, String sign) {}

    private final String device = "axe-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> findings = new ArrayList<>();

    @Test
    void noPageHasASeriousFinding() {
        String token = Registrar.register(device, "Seen by axe");
        Registrar.put("/api/devices/" + device, "{\"group\":\"seen-by-axe\"}");
        try (Chromium chromium = Chromium.launch();
                Visit visit = Visit.open(chromium, service)) {
            assertThat(visit.button("Log in")).isVisible();
            judge(visit.page(), "log-in");
            visit.logIn("admin", "admin");
            Registrar.send(device, token, "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}");
            Registrar.send(device, token, "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5,\"t\":4e9}");
            // What stands on a page before it has heard from the service is no page yet.
            for (Place place : places()) {
                visit.goTo(place.route());
                assertThat(visit.page().locator(place.sign()).first()).isVisible();
                judge(visit.page(), place.route());
            }
            visit.goTo("/operators");
            visit.button("Change admin").click();
            judge(visit.page(), "a form that is open");
        }
        assertThat(findings).isEmpty();
    }

    private List<Place> places() {
        return List.of(
                new Place("/", "tr[data-device='" + device + "'] .value"),
                new Place("/devices/" + device, "[data-metric='temperature'] canvas"),
                new Place("/devices/" + device + "/settings", "[data-test='token-row']"),
                new Place("/groups", "[data-group='seen-by-axe']"),
                new Place("/groups/seen-by-axe", "[data-metric='temperature'] canvas"),
                new Place("/rejects", "sl-reject-list li"),
                new Place("/profiles", "[data-profile='default']"),
                new Place("/profiles/default", "sl-profile form"),
                new Place("/new-profile", "sl-profile form"),
                new Place("/operators", "[data-operator='admin']"),
                new Place("/new-device", "sl-new-device form"),
                new Place("/import", "sl-import form"),
                new Place("/nowhere", "text=There is no page"));
    }

    /** Appearance changes colours and nothing else, so in the dark these alone are judged again. */
    private void judge(Page page, String where) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        note(where, axe(page).analyze().getViolations());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        note(
                where + ", dark",
                axe(page).withRules(List.of("color-contrast")).analyze().getViolations());
    }

    /** The other mode judges frames in a page of its own; there are no frames. */
    private static AxeBuilder axe(Page page) {
        AxeRunOptions violationsAlone = new AxeRunOptions();
        violationsAlone.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(violationsAlone);
    }

    private void note(String where, List<Rule> violations) {
        for (Rule rule : violations) {
            if (GRAVE.contains(rule.getImpact())) {
                rule.getNodes()
                        .forEach(node -> findings.add(where + ": " + rule.getId() + " at " + node.getTarget() + " "
                                + node.getFailureSummary()));
            }
        }
    }
}
