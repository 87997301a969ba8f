package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /ingest} as it goes over the wire (device protocol section 6). */
@QuarkusTest
class PostWireTest {
    private static final String PACK = "[{\"n\":\"a\",\"v\":1}]";

    @TestHTTPResource("/ingest")
    URI url;

    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(log::isReady);
    }

    private static String head(String device, String more) {
        return "POST /ingest HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + TestDevices.basic(device) + "\r\n"
                + more;
    }

    private static final String JSON = "Content-Type: application/senml+json\r\n";

    private String answer(String request) throws IOException {
        try (RawSocket raw = new RawSocket(url.getPort())) {
            raw.write(request);
            return raw.response();
        }
    }

    private static void isProblem(String answer, int status) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + ' ')
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":" + status);
    }

    @Test
    void aBodyInChunksIsTaken() throws IOException {
        String chunks = "5\r\n" + PACK.substring(0, 5) + "\r\nc;x=y\r\n" + PACK.substring(5) + "\r\n0\r\n\r\n";
        assertThat(answer(head("post", JSON + "Transfer-Encoding: chunked\r\n\r\n") + chunks))
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"accepted\":1,\"rejected\":[]}");
    }

    @Test
    void aBodyOfTooManyChunksGets413() throws IOException {
        String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
        String answer =
                answer(head("post", JSON + "Transfer-Encoding: chunked\r\n\r\n") + chunk + chunk + "1\r\n \r\n");
        isProblem(answer, 413);
        assertThat(answer).contains("\"code\":\"too-large\"").containsIgnoringCase("connection: close");
    }

    @Test
    void aBodyAnnouncedTooLongGets413BeforeItIsSent() throws IOException {
        for (String expect : new String[] {"", "Expect: 100-continue\r\n"}) {
            isProblem(answer(head("post", JSON + expect + "Content-Length: 65537\r\n\r\n")), 413);
        }
    }

    @Test
    void whoeverWaitsForAWordGetsOne() throws IOException {
        try (RawSocket raw = new RawSocket(url.getPort())) {
            raw.write(head("post", JSON + "Expect: 100-continue\r\nContent-Length: " + PACK.length() + "\r\n\r\n"));
            assertThat(raw.response()).startsWith("HTTP/1.1 100 ");
            raw.write(PACK);
            assertThat(raw.response()).startsWith("HTTP/1.1 200 ").contains("\"accepted\":1");
        }
    }

    /** Refused without the body: whoever waits for a word must not get the wrong one. */
    @Test
    void whoeverWaitsForAWordAndIsRefusedGetsNo100() throws IOException {
        String more = "Expect: 100-continue\r\nContent-Length: 17\r\n\r\n";
        isProblem(answer(head("post", "Content-Type: text/plain\r\n" + more)), 415);
        isProblem(answer(("POST /ingest HTTP/1.1\r\nHost: localhost\r\n" + JSON + more)), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: application/json\r\n",
                "Content-Type: application/senml+json\r\nContent-Encoding: identity\r\n",
                "Content-Type: application/senml+json\r\nContent-Encoding: gzip\r\n",
                "Content-Type: application/senml+json\r\nContent-Type: application/senml+json\r\n"
            })
    void anotherContentIs415(String headers) throws IOException {
        isProblem(answer(head("post", headers + "Content-Length: " + PACK.length() + "\r\n\r\n") + PACK), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void otherMethodsGet405WithThoseThatAreThere(String method) throws IOException {
        try (RawSocket raw = new RawSocket(url.getPort())) {
            raw.write(method + " /ingest HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            // A HEAD's answer has no body, whatever length it tells.
            String answer = method.equals("HEAD") ? raw.head() : raw.response();
            assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nallow: GET, POST\r\n");
        }
    }

    @Test
    void aDisabledDeviceGets403() throws IOException {
        TestDevices.token("post-off");
        TestDevices.admin()
                .body("{\"enabled\":false}")
                .put("/api/devices/{id}", TestDevices.id("post-off"))
                .then()
                .statusCode(200);
        isProblem(answer(head("post-off", JSON + "Content-Length: " + PACK.length() + "\r\n\r\n") + PACK), 403);
    }

    @Test
    void aDeviceInDebtGets429WithTheTimeToWait() throws IOException {
        String profile = TestDevices.id("slow");
        TestDevices.admin()
                .body("{\"readingsPerSecond\":1,\"burst\":1}")
                .put("/api/profiles/{name}", profile)
                .then()
                .statusCode(201);
        TestDevices.token("post-slow");
        TestDevices.admin()
                .body("{\"profile\":\"" + profile + "\"}")
                .put("/api/devices/{id}", TestDevices.id("post-slow"))
                .then()
                .statusCode(200);
        String fifty = "[" + "{\"n\":\"a\",\"v\":1},".repeat(49) + "{\"n\":\"a\",\"v\":1}]";
        assertThat(answer(head("post-slow", JSON + "Content-Length: " + fifty.length() + "\r\n\r\n") + fifty))
                .startsWith("HTTP/1.1 200 ");
        String answer = answer(head("post-slow", JSON + "Content-Length: " + PACK.length() + "\r\n\r\n") + PACK);
        isProblem(answer, 429);
        assertThat(answer).containsPattern("(?i)\r\nretry-after: [1-5]\\d\r\n");
    }
}
