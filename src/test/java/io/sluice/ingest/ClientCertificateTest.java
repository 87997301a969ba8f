package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.local.DeviceIssuer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that come with a certificate, through the service's own TLS (device protocol section 1). */
@QuarkusTest
class ClientCertificateTest {
    private static final Instant LATER = Instant.now().plus(Duration.ofHours(1));
    private static final String PACK = "[{\"n\":\"n\",\"v\":1}]";

    @TestHTTPResource(tls = true)
    URI service;

    @TestHTTPResource
    URI plainService;

    @ConfigProperty(name = "sluice.ingest.device-authority")
    Path authorityFile;

    @Inject
    MessageLog log;

    private DeviceIssuer authority;

    @BeforeEach
    void begin() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
        authority = DeviceIssuer.of(authorityFile.getParent());
    }

    @Test
    void aCertificateIsEnough() throws Exception {
        TestDevices.token("cert-1");
        SSLContext tls = clientOf("cert-1");
        assertThat(post(tls, null).statusCode()).isEqualTo(200);
        DeviceClient device = connect(tls);
        device.welcomed();
        device.send(PACK);
        assertThat(device.nextText()).isEqualTo("{\"ack\":1}");
        device.close();
    }

    @Test
    void headerAndCertificateNameTheSameDevice() throws Exception {
        TestDevices.token("cert-2");
        TestDevices.token("cert-3");
        SSLContext tls = clientOf("cert-2");
        assertThat(post(tls, TestDevices.basic("cert-2")).statusCode()).isEqualTo(200);
        assertThat(post(tls, "Bearer " + TestDevices.token("cert-2")).statusCode())
                .isEqualTo(200);
        assertThat(post(tls, TestDevices.basic("cert-3")).statusCode()).isEqualTo(401);
        assertThat(post(tls, "Bearer " + TestDevices.token("cert-3")).statusCode())
                .isEqualTo(401);
        assertThat(post(tls, DeviceClient.basic(TestDevices.id("cert-2"), "wrong"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aBrowsersCertificateAloneIsNotEnough() throws Exception {
        TestDevices.token("cert-9");
        SSLContext tls = clientOf("cert-9");
        for (String header : new String[] {"Sec-Fetch-Mode", "Sec-Fetch-Site"}) {
            assertThat(send(tls, request(service, null).header(header, "same-origin"))
                            .statusCode())
                    .as(header)
                    .isEqualTo(401);
            assertThat(send(tls, request(service, TestDevices.basic("cert-9")).header(header, "same-origin"))
                            .statusCode())
                    .as(header)
                    .isEqualTo(200);
        }
        HttpClient browser = HttpClient.newBuilder().sslContext(tls).build();
        assertThatThrownBy(() -> browser.newWebSocketBuilder()
                        .header("Sec-Fetch-Mode", "websocket")
                        .buildAsync(
                                URI.create("wss://localhost:" + service.getPort() + "/ingest"),
                                new WebSocket.Listener() {})
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .extracting(e -> ((WebSocketHandshakeException) e.getCause())
                        .getResponse()
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUnknownDeviceIsNone() throws Exception {
        assertThat(post(client("CN=nobody-of-this-name", LATER, KeyPurposeId.id_kp_clientAuth), null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aCertificateThatNamesNoDeviceSpoilsAGoodHeader() throws Exception {
        String id = TestDevices.id("cert-4");
        String header = TestDevices.basic("cert-4");
        SSLContext twoNames = client("CN=" + id + ",CN=" + id, LATER, KeyPurposeId.id_kp_clientAuth);
        SSLContext noPurpose = client("CN=" + id, LATER, null);
        assertThat(post(twoNames, null).statusCode()).isEqualTo(401);
        assertThat(post(twoNames, header).statusCode()).isEqualTo(401);
        assertThat(post(noPurpose, null).statusCode()).isEqualTo(401);
        assertThat(post(noPurpose, header).statusCode()).isEqualTo(401);
    }

    @Test
    void tlsItselfRefusesOtherAuthoritiesServersAndWhatHasExpired() throws Exception {
        String subject = "CN=" + TestDevices.id("cert-5");
        TestDevices.token("cert-5");
        Instant past = Instant.now().minusSeconds(10);
        for (SSLContext bad : new SSLContext[] {
            client(subject, past, KeyPurposeId.id_kp_clientAuth),
            client(subject, LATER, KeyPurposeId.id_kp_serverAuth),
            DeviceIssuer.unknown("Sluice local device authority")
                    .client(authorityFile.getParent(), subject, LATER, KeyPurposeId.id_kp_clientAuth),
        }) {
            // Of an authority that the server does not name, the JDK's client sends nothing, and is nobody then.
            assertThatThrownBy(() -> {
                        int status = post(bad, null).statusCode();
                        if (status == 401) {
                            throw new IOException("refused by the service");
                        }
                        assertThat(status).isEqualTo(401);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDisabledDeviceIsOutWhateverItsCertificateSays() throws Exception {
        TestDevices.token("cert-6");
        SSLContext tls = clientOf("cert-6");
        DeviceClient device = connect(tls);
        device.welcomed();
        TestDevices.admin()
                .body("{\"enabled\":false}")
                .put("/api/devices/{id}", TestDevices.id("cert-6"))
                .then()
                .statusCode(200);
        assertThat(device.closeCode()).isEqualTo(4503);
        assertThat(post(tls, null).statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> connect(tls))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .extracting(e -> ((WebSocketHandshakeException) e.getCause())
                        .getResponse()
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aCertificateThatEndsClosesItsConnection() throws Exception {
        String id = TestDevices.id("cert-7");
        TestDevices.token("cert-7");
        DeviceClient device = connect(client("CN=" + id, Instant.now().plusSeconds(4), KeyPurposeId.id_kp_clientAuth));
        device.welcomed();
        assertThat(device.closeCode()).isEqualTo(4401);
    }

    @Test
    void noHeaderStandsForACertificate() throws Exception {
        String id = TestDevices.id("cert-8");
        TestDevices.token("cert-8");
        var certificate = authority.sign(DeviceIssuer.newKeyPair(), "CN=" + id, LATER, KeyPurposeId.id_kp_clientAuth);
        String encoded = Base64.getEncoder().encodeToString(certificate.getEncoded());
        HttpRequest.Builder request = request(plainService, null);
        for (String header : new String[] {
            "X-Forwarded-Client-Cert", "X-Client-Cert", "X-SSL-Client-Cert", "Client-Cert", "Client-Cert-Chain"
        }) {
            request.header(header, ":" + encoded + ":");
        }
        request.header("X-SSL-Client-S-DN", "CN=" + id)
                .header("X-SSL-Client-Verify", "SUCCESS")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "for=127.0.0.1;proto=https");
        assertThat(HttpClient.newHttpClient()
                        .send(request.build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    private SSLContext clientOf(String name) throws Exception {
        return client("CN=" + TestDevices.id(name), LATER, KeyPurposeId.id_kp_clientAuth);
    }

    private SSLContext client(String subject, Instant until, @Nullable KeyPurposeId purpose) throws Exception {
        return authority.client(authorityFile.getParent(), subject, until, purpose);
    }

    private DeviceClient connect(SSLContext tls) {
        return DeviceClient.connecting(
                        HttpClient.newBuilder().sslContext(tls).build(),
                        URI.create("wss://localhost:" + service.getPort() + "/ingest"))
                .join();
    }

    private HttpResponse<String> post(SSLContext tls, @Nullable String authorization)
            throws IOException, InterruptedException {
        return send(tls, request(service, authorization));
    }

    private static HttpResponse<String> send(SSLContext tls, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HttpClient.newBuilder().sslContext(tls).build().send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI service, @Nullable String authorization) {
        URI ingest = URI.create(service.getScheme() + "://localhost:" + service.getPort() + "/ingest");
        HttpRequest.Builder request = HttpRequest.newBuilder(ingest)
                .header("Content-Type", "application/senml+json")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(PACK));
        return authorization == null ? request : request.header("Authorization", authorization);
    }
}
