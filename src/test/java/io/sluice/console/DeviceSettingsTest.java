package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an administrator does with one device, in a real browser against the real service. */
@QuarkusTest
class DeviceSettingsTest extends BrowserTest {
    private final String device = "settings-" + run;

    @Test
    void anAdministratorDescribesADeviceShutsItOutAndDeletesIt() {
        String token = Registrar.register(device, "Before");
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.goTo("/devices/" + device);
            link(visit, "Settings").click();
            aDescriptionIsChanged(visit);
            whatSomebodyElseChangedIsNotOverwritten(visit);
            aDisabledDeviceIsRefused(visit, token);
            itIsDeletedByTypingItsId(visit);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void tokensAreReplacedAndRevoked() {
        String first = Registrar.register(device, "Tokens");
        Registrar.send(device, first, "{\"n\":\"temperature\",\"v\":1}");
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.goTo("/devices/" + device + "/settings");
            Locator tokens = visit.page().locator("[data-test='token-row']");
            assertThat(tokens).hasCount(1);
            visit.page().getByLabel("The old one ends").selectOption("at once");
            visit.button("Replace the token").click();
            visit.button("Yes, replace it").click();
            assertThat(visit.page().getByText("The old token no longer works.")).isVisible();
            Locator told = visit.page().locator("[data-test='token']");
            assertThat(told).hasText(Pattern.compile("[A-Za-z0-9_-]{43}"));
            String second = told.innerText();
            assertThat(visit.page().locator("[data-test='command']")).containsText(device + ":" + second);
            visit.screenshot("device-settings");
            assertThat(Registrar.statusOf(device, first)).isEqualTo(401);
            assertThat(Registrar.statusOf(device, second)).isEqualTo(200);
            // An hour is left where nothing else is chosen.
            visit.button("Replace the token").click();
            assertThat(visit.page().getByText("The old token works until")).isVisible();
            assertThat(Registrar.statusOf(device, second)).isEqualTo(200);

            visit.button("Revoke all tokens").click();
            visit.button("Yes, end them all").click();
            assertThat(visit.page().getByText("All of its tokens have ended.")).isVisible();
            assertThat(told).hasCount(0);
            assertThat(tokens).hasCount(0);
            assertThat(Registrar.statusOf(device, second)).isEqualTo(401);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    /** By keyboard: who answers goes on where the question came from, and not at the page's beginning. */
    @Test
    void anAnswerLeadsBackToWhatWasAskedAbout() {
        Registrar.register(device, "Answers");
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.goTo("/devices/" + device + "/settings");
            pressed(visit, "Disable");
            answered(visit, "No", visit.button("Disable"));
            pressed(visit, "Disable");
            answered(visit, "Yes, disable it", visit.button("Enable"));
            pressed(visit, "Enable");
            assertThat(visit.button("Disable")).isFocused();

            visit.page().getByLabel("The old one ends").selectOption("at once");
            visit.page().getByLabel("The new one lasts").selectOption("for a day");
            pressed(visit, "Replace the token");
            answered(visit, "No", visit.button("Replace the token"));
            assertThat(visit.page().getByLabel("The old one ends")).hasValue("0");
            assertThat(visit.page().getByLabel("The new one lasts")).hasValue("86400");
            pressed(visit, "Replace the token");
            answered(visit, "Yes, replace it", visit.page().getByText("This is its token."));

            pressed(visit, "Revoke all tokens");
            answered(visit, "No", visit.button("Revoke all tokens"));
            pressed(visit, "Revoke all tokens");
            answered(visit, "Yes, end them all", visit.page().getByText("All of its tokens have ended."));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void pressed(Visit visit, String button) {
        visit.button(button).press("Enter");
    }

    /** @param next what has the focus then */
    private static void answered(Visit visit, String answer, Locator next) {
        assertThat(visit.button("No")).isFocused();
        pressed(visit, answer);
        assertThat(next).isFocused();
    }

    @Test
    void aViewerSeesNoneOfIt() {
        Registrar.register(device, "Looked at");
        Registrar.operator("viewer-" + run, "viewer", "only-looking-" + run);
        try (Visit visit = visit()) {
            visit.logIn("viewer-" + run, "only-looking-" + run);
            visit.goTo("/devices/" + device);
            assertThat(visit.button("Pause")).isVisible();
            assertThat(link(visit, "Settings")).hasCount(0);
            assertThat(link(visit, "New device")).hasCount(0);
            visit.goTo("/devices/" + device + "/settings");
            assertThat(visit.page().locator("sl-device-settings"))
                    .containsText("Only an administrator can change this.");
            assertThat(visit.page().locator("sl-device-settings form")).hasCount(0);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private void aDescriptionIsChanged(Visit visit) {
        visit.page().getByLabel("Name").fill("After");
        visit.page().getByLabel("Group").fill("line-" + run);
        visit.button("Save").click();
        assertThat(visit.page().getByText("Saved.")).isVisible();
        assertThat(Registrar.get("/api/devices/" + device).<String>path("name")).isEqualTo("After");
        assertThat(Registrar.get("/api/devices/" + device).<String>path("group"))
                .isEqualTo("line-" + run);
    }

    private void whatSomebodyElseChangedIsNotOverwritten(Visit visit) {
        Registrar.put("/api/devices/" + device, "{\"name\":\"Of somebody else\"}");
        visit.expect(412);
        visit.page().getByLabel("Name").fill("Mine");
        visit.button("Save").click();
        assertThat(visit.page().getByText("somebody changed it meanwhile")).isVisible();
        assertThat(visit.page().getByLabel("Name")).hasValue("Mine");
        visit.screenshot("device-settings-outdated");
        visit.button("Load it again").click();
        assertThat(visit.page().getByLabel("Name")).hasValue("Of somebody else");
        visit.page().getByLabel("Name").fill("Mine");
        visit.button("Save").click();
        assertThat(visit.page().getByText("Saved.")).isVisible();
    }

    private void aDisabledDeviceIsRefused(Visit visit, String token) {
        visit.button("Disable").click();
        visit.button("Yes, disable it").click();
        assertThat(visit.button("Enable")).isVisible();
        assertThat(visit.page().getByText("It is disabled")).hasCount(1);
        assertThat(Registrar.statusOf(device, token)).isGreaterThanOrEqualTo(400);
        visit.button("Enable").click();
        assertThat(visit.button("Disable")).isVisible();
        assertThat(Registrar.statusOf(device, token)).isEqualTo(200);
    }

    private void itIsDeletedByTypingItsId(Visit visit) {
        Locator delete = visit.button("Delete " + device);
        assertThat(delete).isDisabled();
        visit.page().getByLabel("With its history").check();
        visit.page().getByLabel("to confirm").fill(device);
        delete.click();
        assertThat(visit.page().getByText("It is deleted.")).isVisible();
        assertThat(Registrar.get("/api/devices/" + device).statusCode()).isEqualTo(404);
    }

    private static Locator link(Visit visit, String name) {
        return visit.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
