package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Profiles on the console: made, changed, refused at the field that is wrong, deleted. */
@QuarkusTest
class ProfilesTest extends BrowserTest {
    @Test
    void aProfileIsMadeAndChangedAndItsMistakesAreToldAtTheirFields() {
        String profile = "plant-" + run;
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.goTo("/profiles");
            assertThat(visit.page().locator("[data-profile='default']")).containsText("open");
            visit.page().getByText("New profile").click();
            visit.page().getByLabel("Name").fill(profile);
            visit.page().getByLabel("Strict").check();
            visit.button("Add a metric").click();
            field(visit, "metrics[0].name").fill("temperature");
            field(visit, "metrics[0].unit").fill("Cel");
            field(visit, "metrics[0].min").fill("50");
            field(visit, "metrics[0].max").fill("-40");
            mistakesAreToldAtTheirFields(visit);
            field(visit, "metrics[0].min").fill("-50");
            visit.button("Save").click();
            assertThat(visit.page()).hasURL(service + "#/profiles/" + profile);
            var stored = Registrar.get("/api/profiles/" + profile);
            assertThat(stored.<Boolean>path("strict")).isTrue();
            assertThat(stored.<Float>path("metrics[0].min")).isEqualTo(-50f);

            whatSomebodyElseChangedIsNotOverwritten(visit, profile);
            visit.button("Delete this profile").click();
            visit.button("Yes, delete it").click();
            assertThat(visit.page()).hasURL(service + "#/profiles");
            assertThat(visit.page().locator("[data-profile='default']")).isVisible();
            assertThat(visit.page().locator("[data-profile='" + profile + "']")).hasCount(0);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void aProfileThatIsNotThereIsAskedForOnce() {
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.expect(404);
            AtomicInteger asked = new AtomicInteger();
            visit.page().onRequest(request -> {
                if (request.url().endsWith("/api/profiles/gone-" + run)) {
                    asked.incrementAndGet();
                }
            });
            visit.goTo("/profiles/gone-" + run);
            assertThat(visit.page().locator("sl-profile [role='alert']")).isVisible();
            assertThat(asked).hasValue(1);
        }
    }

    private void mistakesAreToldAtTheirFields(Visit visit) {
        field(visit, "burst").fill("many");
        visit.button("Save").click();
        assertThat(visit.page().locator("label", labelled("Burst"))).containsText("must be a number");
        field(visit, "burst").fill("200");
        visit.expect(400);
        visit.button("Save").click();
        assertThat(visit.page().locator("li label", labelled("Lowest"))).containsText("is above max");
        assertThat(field(visit, "metrics[0].min")).hasAttribute("aria-invalid", "true");
        visit.screenshot("profile");
    }

    private void whatSomebodyElseChangedIsNotOverwritten(Visit visit, String profile) {
        assertThat(field(visit, "readingsPerSecond")).hasValue("1000");
        Registrar.put("/api/profiles/" + profile, "{\"readingsPerSecond\":7}");
        visit.expect(412);
        visit.button("Save").click();
        assertThat(visit.page().getByText("somebody changed it meanwhile")).isVisible();
        visit.button("Load it again").click();
        assertThat(field(visit, "readingsPerSecond")).hasValue("7");
    }

    private static Locator field(Visit visit, String name) {
        return visit.page().locator("[name='" + name + "']");
    }

    private static Page.LocatorOptions labelled(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }
}
