package io.sluice.ingest;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Devices made by REST when a test first names them; a short name stands for an id of this run. */
final class TestDevices {
    private static final String RUN = "ing" + Long.toString(System.nanoTime(), 36);
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private TestDevices() {}

    static String id(String name) {
        return RUN + "-" + name;
    }

    static String token(String name) {
        return TOKENS.computeIfAbsent(name, TestDevices::create);
    }

    static String basic(String name) {
        return DeviceClient.basic(id(name), token(name));
    }

    static RequestSpecification admin() {
        return given().auth().preemptive().basic("admin", "admin").contentType(ContentType.JSON);
    }

    private static String create(String name) {
        return admin().body("{\"id\":\"" + id(name) + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }
}
