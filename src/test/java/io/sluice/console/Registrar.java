package io.sluice.console;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** What somebody else does over REST while a console is open, and what a device sends. */
final class Registrar {
    private Registrar() {}

    /** @return the device's token */
    static String register(String device, String name) {
        return admin().body("{\"id\":\"" + device + "\",\"name\":\"" + name + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    static void operator(String name, String role, String password) {
        admin().body("{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"password\":\"" + password + "\"}")
                .post("/api/operators")
                .then()
                .statusCode(201);
    }

    static Response get(String path) {
        return admin().get(path);
    }

    static void delete(String path) {
        admin().delete(path).then().statusCode(204);
    }

    static void put(String path, String json) {
        admin().body(json).put(path).then().statusCode(anyOf(is(200), is(201)));
    }

    static void send(String device, String token, String record) {
        // The first devices of a run come before the topics.
        await().atMost(Visit.SOON).until(() -> post(device, token, record).statusCode(), anyOf(is(200), is(422)));
    }

    static int statusOf(String device, String token) {
        return post(device, token, "{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}")
                .statusCode();
    }

    private static Response post(String device, String token, String record) {
        return RestAssured.given()
                .auth()
                .preemptive()
                .basic(device, token)
                .contentType("application/senml+json")
                .body("[" + record + "]")
                .post("/ingest");
    }

    private static RequestSpecification admin() {
        return RestAssured.given().auth().preemptive().basic("admin", "admin").contentType(ContentType.JSON);
    }
}
