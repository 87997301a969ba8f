package io.sluice.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators on the console: made, given another role and password, deleted. */
@QuarkusTest
class OperatorsTest extends BrowserTest {
    @Test
    void anOperatorIsMadeChangedAndDeleted() {
        String name = "ada-" + run;
        try (Visit visit = visit()) {
            visit.logIn("admin", "admin");
            visit.goTo("/operators");
            assertThat(visit.page().locator("[data-operator='admin']")).containsText("(you)");
            aPasswordThatIsTooShortIsToldAtItsField(visit, name);
            visit.page().getByLabel("Password").fill("long-enough-" + run);
            visit.button("Create").click();
            assertThat(visit.page().locator("[data-operator='" + name + "']")).containsText("viewer");

            try (Visit theirs = visit()) {
                theirs.logIn(name, "long-enough-" + run);
                theRoleAndPasswordAreChanged(visit, name);
                // A new password ends the sessions.
                assertThat(theirs.button("Log in")).isVisible();
                theirs.logIn(name, "quite-another-" + run);
            }
            visit.button("Change " + name).click();
            visit.button("Delete " + name).click();
            visit.button("Yes, delete " + name).click();
            assertThat(visit.page().getByText(name + " is deleted.")).isVisible();
            assertThat(visit.page().locator("[data-operator='" + name + "']")).hasCount(0);
            theLastAdministratorStays(visit);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void aPasswordThatIsTooShortIsToldAtItsField(Visit visit, String name) {
        visit.expect(400);
        visit.page().getByLabel("Name").fill(name);
        visit.page().getByLabel("Password").fill("x");
        visit.button("Create").click();
        assertThat(visit.page().locator("label:has(input[name='password'])")).containsText("It must be");
        visit.screenshot("operators");
    }

    private void theRoleAndPasswordAreChanged(Visit visit, String name) {
        visit.button("Change " + name).click();
        var form = visit.page().locator("[data-operator='" + name + "'] form");
        form.getByLabel("Role").selectOption("operator");
        form.getByLabel("New password").fill("quite-another-" + run);
        form.getByText("Save").click();
        assertThat(visit.page().getByText(name + " is changed.")).isVisible();
        assertThat(visit.page().locator("[data-operator='" + name + "']")).containsText("operator");
    }

    private static void theLastAdministratorStays(Visit visit) {
        // Beside those that other tests have left it would go, and with it what all of them log in with.
        Registrar.get("/api/operators")
                .<List<String>>path("items.findAll { it.role == 'admin' && it.name != 'admin' }.name")
                .forEach(name -> Registrar.delete("/api/operators/" + name));
        assertThat(Registrar.get("/api/operators").<List<String>>path("items.findAll { it.role == 'admin' }.name"))
                .containsExactly("admin");
        visit.expect(409);
        visit.button("Change admin").click();
        visit.button("Delete admin").click();
        visit.button("Yes, delete admin").click();
        assertThat(visit.page().getByText("The last administrator must stay one."))
                .isVisible();
    }
}
