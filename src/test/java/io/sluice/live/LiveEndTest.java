package io.sluice.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.LogLines;
import io.sluice.ingest.RawSocket;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live streams end with their operator's right to see them, whoever took it and on whatever instance. */
@QuarkusTest
class LiveEndTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Duration SECONDS = Duration.ofSeconds(5);

    @TestHTTPResource("/live")
    URI http;

    @Inject
    Pool pool;

    private URI live;
    private final String name = "watcher-" + System.nanoTime();

    @Inject
    LiveStream stream;

    @BeforeEach
    void createOperator() {
        live = URI.create("ws://" + http.getAuthority() + http.getPath());
        create(name);
    }

    private static void create(String operator) {
        admin().body("{\"name\":\"" + operator + "\",\"role\":\"operator\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/operators")
                .then()
                .statusCode(201);
    }

    @Test
    void logOutEndsTheSessionsStreamsAndNoOthers() {
        String cookie = logIn();
        String laterCookie = logIn();
        try (LiveClient ended = byCookie(cookie);
                LiveClient endedLater = byCookie(laterCookie);
                LiveClient otherSession = byCookie(logIn());
                LiveClient byPassword = byPassword()) {
            logOut(cookie);
            assertClosed(ended, 4401);
            assertAnswers(endedLater);
            assertAnswers(otherSession);
            // Its round begins when the first one has judged all, and judges the others again.
            logOut(laterCookie);
            assertClosed(endedLater, 4401);
            assertAnswers(otherSession);
            assertAnswers(byPassword);
            sql("delete from operator_sessions where operator = $1");
            assertClosed(otherSession, 4401);
            assertAnswers(byPassword);
        }
    }

    @Test
    void whatAnotherInstanceEndedEndsHere() {
        try (LiveClient client = byCookie(logIn())) {
            sql("delete from operator_sessions where operator = $1");
            assertClosed(client, 4401);
        }
    }

    @Test
    void anIdleSessionEndsThoughItsStreamIsOpen() {
        try (LiveClient client = byCookie(logIn())) {
            sql("update operator_sessions set used_at = now() - interval '61 minutes' where operator = $1");
            assertClosed(client, 4401);
        }
    }

    @Test
    void openingAStreamIsNoUseOfItsSession() {
        String cookie = logIn();
        sql("update operator_sessions set used_at = now() - interval '30 minutes' where operator = $1");
        byCookie(cookie).close();
        await().during(Duration.ofSeconds(1)).atMost(SECONDS).until(() -> idleMinutes() >= 29);
        given().cookie("sluice", cookie).get("/api/session").then().statusCode(200);
        await().atMost(SECONDS).until(() -> idleMinutes() == 0);
    }

    private int idleMinutes() {
        return sql("select (extract(epoch from now() - used_at) / 60)::int from operator_sessions where operator = $1")
                .iterator()
                .next()
                .getInteger(0);
    }

    @Test
    void noSessionOutlivesItsAbsoluteEnd() {
        try (LiveClient client = byCookie(logIn())) {
            sql("update operator_sessions set created_at = now() - interval '13 hours' where operator = $1");
            assertClosed(client, 4401);
        }
    }

    @Test
    void anotherRoleEndsWhatTheOldOneOpened() {
        try (LiveClient bySession = byCookie(logIn());
                LiveClient byPassword = byPassword()) {
            admin().body("{\"role\":\"viewer\"}")
                    .put("/api/operators/{n}", name)
                    .then()
                    .statusCode(200);
            assertClosed(bySession, 4403);
            assertClosed(byPassword, 4403);
        }
        try (LiveClient again = byPassword()) {
            assertAnswers(again);
        }
    }

    @Test
    void aNewPasswordAndADeletedOperatorEndAll() {
        String ticket = basic().post("/api/tickets").then().extract().path("ticket");
        try (LiveClient byTicket = new LiveClient(URI.create(live + "?ticket=" + ticket), "X-Of-No-Matter", "x");
                LiveClient byPassword = byPassword()) {
            byTicket.next("welcome");
            admin().body("{\"role\":\"operator\",\"password\":\"another long one\"}")
                    .put("/api/operators/{n}", name)
                    .then()
                    .statusCode(200);
            assertClosed(byTicket, 4401);
            assertClosed(byPassword, 4401);
        }
        String credentials =
                Base64.getEncoder().encodeToString((name + ":another long one").getBytes(StandardCharsets.UTF_8));
        try (LiveClient last = new LiveClient(live, "Authorization", "Basic " + credentials)) {
            last.next("welcome");
            admin().delete("/api/operators/{n}", name).then().statusCode(204);
            assertClosed(last, 4401);
        }
    }

    @Test
    void eventStreamsEndToo() throws Exception {
        String cookie = logIn();
        HttpURLConnection events = (HttpURLConnection)
                URI.create(http + "/events?channel=devices").toURL().openConnection();
        events.setRequestProperty("Cookie", "sluice=" + cookie);
        events.setReadTimeout(10_000);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8))) {
            sql("delete from operator_sessions where operator = $1");
            // To its end, which is orderly.
            assertThat(reader.lines().count()).isNotNegative();
        } finally {
            events.disconnect();
        }
    }

    /** Each with an operator of its own, whose password takes a while to verify. */
    @Test
    void aBrowserThatLeavesDuringItsLogInLeavesNothingBehind() throws Exception {
        try (LiveClient ready = byPassword()) {
            int before = stream.sessions();
            try (LogLines log = LogLines.open()) {
                for (int i = 0; i < 5; i++) {
                    String leaver = name + "-" + i;
                    create(leaver);
                    try (RawSocket raw = new RawSocket(http.getPort())) {
                        raw.write("GET /live/events?channel=devices HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                + basic(leaver) + "\r\n\r\n");
                    }
                }
                // Passwords are verified in the order of their coming: this one's log-in is behind those.
                create(name + "-last");
                new LiveClient(live, "Authorization", basic(name + "-last")).close();
                assertAnswers(ready);
                assertThat(log.get()).isEmpty();
            }
            await().atMost(SECONDS).until(() -> stream.sessions() == before);
        }
    }

    private static void assertClosed(LiveClient client, int code) {
        await().atMost(SECONDS).until(() -> client.closeCode() != 0);
        assertThat(client.closeCode()).isEqualTo(code);
    }

    private static void assertAnswers(LiveClient client) {
        client.send("{\"ping\":{}}");
        client.next("pong");
        assertThat(client.closeCode()).isZero();
    }

    private LiveClient byCookie(String cookie) {
        LiveClient client = new LiveClient(live, "Cookie", "sluice=" + cookie);
        client.next("welcome");
        return client;
    }

    private LiveClient byPassword() {
        LiveClient client = new LiveClient(live, "Authorization", basic(name));
        client.next("welcome");
        return client;
    }

    private static String basic(String operator) {
        return "Basic "
                + Base64.getEncoder().encodeToString((operator + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private String logIn() {
        return given().contentType(ContentType.JSON)
                .body("{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/session")
                .then()
                .statusCode(200)
                .extract()
                .cookie("sluice");
    }

    private static void logOut(String cookie) {
        given().cookie("sluice", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .delete("/api/session")
                .then()
                .statusCode(204);
    }

    private RowSet<Row> sql(String statement) {
        return pool.preparedQuery(statement).execute(Tuple.of(name)).await().atMost(Duration.ofSeconds(5));
    }

    private RequestSpecification basic() {
        return given().auth().preemptive().basic(name, PASSWORD);
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin").contentType(ContentType.JSON);
    }
}
