package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code POST /ingest} (device protocol section 6). */
@QuarkusTest
class PostTest {
    private static final String PACK = "[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2}]";

    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
    }

    @Test
    void answersWhatWasAcceptedAndWhatNot() {
        post("application/senml+json", PACK.getBytes(), "")
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("rejected", hasSize(0));
        post(
                        "application/senml+json; charset=utf-8",
                        "[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2,\"t\":1e9}]".getBytes(),
                        "?epoch=e&seq=7")
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected[0].code", equalTo("stale-time"))
                .body("rejected[0].records", equalTo(java.util.List.of(1)));
        post("application/senml+cbor", HexFormat.of().parseHex("81a2006b74656d70657261747572650201"), "")
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void refusesWithAProblem() {
        post("application/senml+json", "nonsense".getBytes(), "")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("malformed"));
        post("application/senml+json", PACK.getBytes(), "?epoch=e").statusCode(400);
        post("application/senml+json", PACK.getBytes(), "?seq=1").statusCode(400);
        post("application/senml+json", PACK.getBytes(), "?epoch=e&seq=0").statusCode(400);
        post("application/json", PACK.getBytes(), "").statusCode(415);
        post("application/senml+json", new byte[70_000], "").statusCode(413);
        RestAssured.given()
                .header("Authorization", TestDevices.basic("post"))
                .header("Content-Encoding", "gzip")
                .contentType("application/senml+json")
                .body(PACK)
                .post("/ingest")
                .then()
                .statusCode(415);
        RestAssured.given()
                .contentType("application/senml+json")
                .body(PACK)
                .post("/ingest")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", org.hamcrest.Matchers.startsWith("Basic"));
        assertThat(log.bytesInFlight()).isNotNegative();
    }

    private static ValidatableResponse post(String type, byte[] body, String query) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("application/senml+json", io.restassured.http.ContentType.TEXT)
                                .encodeContentTypeAs("application/senml+cbor", io.restassured.http.ContentType.BINARY)))
                .header("Authorization", TestDevices.basic("post"))
                .contentType(type)
                .body(body)
                .post("/ingest" + query)
                .then();
    }
}
