package io.sluice.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Log-in, roles and the rule against other sites' pages, as a client sees them. */
@QuarkusTest
class AccessRestTest {
    private static final String PASSWORD = "correct horse battery";

    @TestHTTPResource
    URI service;

    @TestHTTPResource(tls = true)
    URI secureService;

    @Inject
    Logins logins;

    private final String name = "op-" + System.nanoTime();

    @Test
    void logsInByJsonAndSaysWho() {
        Response answer = logIn("admin", "admin");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie"))
                .startsWith("sluice=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        given().cookie("sluice", answer.cookie("sluice"))
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("name", equalTo("admin"))
                .body("roles", equalTo(List.of("viewer", "operator", "admin")));
    }

    @Test
    void overTlsTheCookieIsBoundToTheHost() {
        given().relaxedHTTPSValidation()
                .contentType(ContentType.JSON)
                .body("{\"name\":\"admin\",\"password\":\"admin\"}")
                .post(tls() + "/api/session")
                .then()
                .statusCode(200)
                .header("Set-Cookie", containsString("__Host-sluice="))
                .header("Set-Cookie", containsString("; Secure"));
    }

    @Test
    void logsInByForm() {
        given().formParam("name", "admin")
                .formParam("password", "admin")
                .post("/api/session")
                .then()
                .statusCode(200)
                .cookie("sluice");
    }

    @Test
    void logOutEndsTheSession() {
        String cookie = logIn("admin", "admin").cookie("sluice");
        given().cookie("sluice", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .delete("/api/session")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        given().cookie("sluice", cookie).get("/api/session").then().statusCode(401);
    }

    @Test
    void aNewLogInReplacesTheSessionThatTheBrowserHad() {
        String first = logIn("admin", "admin").cookie("sluice");
        String second = given().cookie("sluice", first)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON)
                .body("{\"name\":\"admin\",\"password\":\"admin\"}")
                .post("/api/session")
                .cookie("sluice");
        assertThat(second).isNotEqualTo(first);
        given().cookie("sluice", first).get("/api/session").then().statusCode(401);
        given().cookie("sluice", second).get("/api/session").then().statusCode(200);
    }

    @Test
    void takesNoCookieThatItDidNotIssue() {
        for (String cookie : List.of("", "x", "planted-by-somebody", "a".repeat(5_000))) {
            given().cookie("sluice", cookie).get("/api/session").then().statusCode(401);
        }
    }

    @Test
    void challengesProgramsButNeverPages() {
        given().get("/api/devices")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Basic"));
        for (String header : List.of("Sec-Fetch-Mode", "X-Requested-With")) {
            given().header(header, "cors")
                    .get("/api/devices")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", nullValue());
        }
        given().auth()
                .preemptive()
                .basic("admin", "wrong-" + name)
                .get("/api/devices")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void refusesForeignPages() {
        String own = service.toString().replaceAll("/$", "");
        assertThat(changeWith(given().header("Origin", "https://evil.example"))).isEqualTo(403);
        assertThat(changeWith(given().header("Origin", "null"))).isEqualTo(403);
        assertThat(changeWith(given().header("Origin", own + ".evil.example"))).isEqualTo(403);
        assertThat(changeWith(given().header("Sec-Fetch-Site", "cross-site"))).isEqualTo(403);
        assertThat(changeWith(given().header("Sec-Fetch-Site", "same-site"))).isEqualTo(403);
        assertThat(changeWith(given().header("Origin", own).header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(403);
        assertThat(changeWith(given().header("Origin", own))).isEqualTo(404);
        assertThat(changeWith(given().header("Sec-Fetch-Site", "same-origin"))).isEqualTo(404);
        assertThat(changeWith(given())).isEqualTo(404);
        given().header("Origin", "https://evil.example")
                .contentType(ContentType.JSON)
                .body("{\"name\":\"admin\",\"password\":\"admin\"}")
                .post("/api/session")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void noAnswerLetsAForeignPageRead() {
        RequestSpecification foreign = basic("admin", "admin").header("Origin", "https://evil.example");
        RequestSpecification preflight = given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization");
        for (String path : List.of("/", "/api/devices", "/api/session", "/q/metrics", "/q/health/ready", "/ingest")) {
            for (Response answer : List.of(foreign.get(path), preflight.options(path))) {
                assertThat(answer.headers().asList())
                        .extracting(header -> header.getName().toLowerCase(Locale.ROOT))
                        .as(path)
                        .isNotEmpty()
                        .noneMatch(header -> header.startsWith("access-control-"));
            }
        }
    }

    @Test
    void answersWithASecretAreNotCached() {
        Response loggedIn = logIn("admin", "admin");
        Response session = given().cookie("sluice", loggedIn.cookie("sluice")).get("/api/session");
        Response ticket = basic("admin", "admin").post("/api/tickets");
        for (Response answer : List.of(loggedIn, session, ticket)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void aCookieAloneChangesNothing() {
        String cookie = logIn("admin", "admin").cookie("sluice");
        given().cookie("sluice", cookie).delete("/api/devices/none").then().statusCode(403);
        given().cookie("sluice", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .delete("/api/devices/none")
                .then()
                .statusCode(404);
    }

    @Test
    void eachRoleMayWhatItMay() {
        for (String role : List.of("viewer", "operator", "admin")) {
            createOperator(name + role, role);
            boolean isAdmin = role.equals("admin");
            for (String path : List.of(
                    "/api/devices", "/api/profiles", "/api/groups", "/api/session", "/q/metrics", "/q/openapi")) {
                basic(name + role, PASSWORD).get(path).then().statusCode(200);
            }
            for (String path : List.of("/api/operators", "/api/audit")) {
                basic(name + role, PASSWORD).get(path).then().statusCode(isAdmin ? 200 : 403);
            }
            basic(name + role, PASSWORD).delete("/api/devices/none").then().statusCode(isAdmin ? 404 : 403);
            basic(name + role, PASSWORD).delete("/api/profiles/none").then().statusCode(isAdmin ? 404 : 403);
            basic(name + role, PASSWORD).post("/api/devices/none/token").then().statusCode(isAdmin ? 404 : 403);
            basic(name + role, PASSWORD).delete("/api/operators/none").then().statusCode(isAdmin ? 404 : 403);
        }
    }

    @Test
    void nothingButHealthAndLogInIsOpen() {
        for (String path : List.of(
                "/api/devices",
                "/api/devices/x",
                "/api/profiles",
                "/api/profiles/default",
                "/api/groups",
                "/api/operators",
                "/api/audit",
                "/api/session",
                "/q/metrics",
                "/q/openapi",
                "/q/openapi?format=json",
                "//api//devices",
                "/q/./metrics",
                "/q//metrics")) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(401).contentType("application/problem+json");
        }
        given().post("/api/tickets").then().statusCode(401);
        given().get("/q/health/live").then().statusCode(200).body("checks.data", not(hasItem(containsString("/"))));
    }

    @Test
    void slowsGuessing() {
        createOperator(name, "viewer");
        Response answer = null;
        for (int i = 0; i < 6; i++) {
            answer = logIn(name, "guess-" + i);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        basic(name, "guess-7").get("/api/devices").then().statusCode(429);
        // Another operator from the same address is not held back.
        assertThat(logIn("admin", "admin").statusCode()).isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsSessionsAndOldCredentials() {
        createOperator(name, "viewer");
        String cookie = logIn(name, PASSWORD).cookie("sluice");
        basic(name, PASSWORD).get("/api/devices").then().statusCode(200);
        admin().body("{\"role\":\"operator\",\"password\":\"another long one\"}")
                .put("/api/operators/{n}", name)
                .then()
                .statusCode(200)
                .body("role", equalTo("operator"));
        given().cookie("sluice", cookie).get("/api/session").then().statusCode(401);
        basic(name, PASSWORD).get("/api/devices").then().statusCode(401);
        basic(name, "another long one")
                .get("/api/session")
                .then()
                .body("roles", equalTo(List.of("viewer", "operator")));
    }

    @Test
    void operatorsAreCheckedAndTheLastAdministratorStays() {
        admin().body("{\"name\":\"a:b\",\"role\":\"king\",\"password\":\"short\"}")
                .post("/api/operators")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("name", "role", "password")));
        createOperator(name, "viewer");
        admin().body("{\"name\":\"" + name + "\",\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/operators")
                .then()
                .statusCode(409);
        admin().header("If-Match", "\"9\"")
                .delete("/api/operators/{n}", name)
                .then()
                .statusCode(412);
        admin().delete("/api/operators/{n}", name).then().statusCode(204);
        basic(name, PASSWORD).get("/api/devices").then().statusCode(401);
    }

    @Test
    void theAuditSaysWhoDidWhat() {
        createOperator(name, "viewer");
        basic(name, PASSWORD)
                .delete("/api/devices/{id}", "audited-" + name)
                .then()
                .statusCode(403);
        admin().get("/api/audit?limit=20&operator={n}", name)
                .then()
                .statusCode(200)
                .body("items[0].operator", equalTo(name))
                .body("items[0].action", equalTo("DELETE"))
                .body("items[0].target", equalTo("/api/devices/audited-" + name))
                .body("items[0].status", equalTo(403));
        admin().get("/api/audit?limit=1").then().body("next", not(nullValue()));
    }

    @Test
    void aTicketIsSpentByItsFirstUse() {
        String ticket = admin().post("/api/tickets")
                .then()
                .statusCode(200)
                .body("expiresIn", equalTo(30))
                .extract()
                .path("ticket");
        Secret secret = new Secret(ticket);
        assertThat(logins.byTicket(secret).await().atMost(Duration.ofSeconds(5)))
                .map(Operator::name)
                .contains("admin");
        assertThat(logins.byTicket(secret).await().atMost(Duration.ofSeconds(5)))
                .isEmpty();
        given().get("/api/devices?ticket=" + ticket).then().statusCode(401);
    }

    private static void createOperator(String operator, String role) {
        admin().body("{\"name\":\"" + operator + "\",\"role\":\"" + role + "\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/operators")
                .then()
                .statusCode(201);
    }

    private static int changeWith(RequestSpecification request) {
        return request.auth()
                .preemptive()
                .basic("admin", "admin")
                .delete("/api/devices/none")
                .statusCode();
    }

    private static Response logIn(String operator, String password) {
        return given().contentType(ContentType.JSON)
                .body("{\"name\":\"" + operator + "\",\"password\":\"" + password + "\"}")
                .post("/api/session");
    }

    private static RequestSpecification admin() {
        return basic("admin", "admin").contentType(ContentType.JSON);
    }

    private static RequestSpecification basic(String operator, String password) {
        return given().auth().preemptive().basic(operator, password);
    }

    private String tls() {
        return secureService.toString().replaceAll("/$", "");
    }
}
