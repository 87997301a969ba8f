package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.LogLines;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no route gets to see are answered as all others are, and nobody's log is filled with them. */
@QuarkusTest
class MalformedRequestTest {
    private static final String HOST = "Host: localhost\r\n";

    @TestHTTPResource("/")
    URI plain;

    @TestHTTPResource(value = "/", tls = true)
    URI encrypted;

    static Stream<Arguments> heads() {
        return Stream.of(
                        "GET /ingest HTTP/1.1\r\n",
                        "POST /ingest HTTP/1.1\r\nContent-Length: 0\r\n",
                        "GET /api/devices HTTP/1.1\r\n",
                        "GET / HTTP/1.1\r\n",
                        "GET /ingest HTTP/1.1\r\nHost:\r\n",
                        "GET /ingest HTTP/1.1\r\nHost: a b\r\n",
                        "GET /ingest HTTP/1.1\r\nHost: [::1\r\n",
                        "GET /ingest HTTP/1.1\r\nHost: localhost:port\r\n",
                        "GET /ingest?epoch=% HTTP/1.1\r\n" + HOST,
                        "GET /ingest?epoch=%zz HTTP/1.1\r\n" + HOST,
                        "POST /ingest?epoch=%e HTTP/1.1\r\nContent-Length: 0\r\n" + HOST,
                        "GET /ingest%zz HTTP/1.1\r\n" + HOST,
                        "GET /% HTTP/1.1\r\n" + HOST,
                        "GET /api/devices/%f HTTP/1.1\r\n" + HOST,
                        "GET /live?ticket=| HTTP/1.1\r\n" + HOST,
                        "OPTIONS * HTTP/1.1\r\n" + HOST,
                        "GET ingest HTTP/1.1\r\n" + HOST)
                .flatMap(head -> Stream.of(Arguments.of(head, false), Arguments.of(head, true)));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void isAProblemAndNoNews(String head, boolean tls) throws Exception {
        try (LogLines log = LogLines.open();
                RawSocket peer = new RawSocket(tls ? tlsSocket() : new Socket("localhost", plain.getPort()))) {
            int status = head.startsWith("OPTIONS *") || head.startsWith("GET ingest") ? 404 : 400;
            String answer = peer.request(head);
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + ' ')
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("\"status\":" + status);
            assertThat(log.get()).isEmpty();
        }
    }

    private Socket tlsSocket() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        // Whom this talks to is no question here.
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context.getSocketFactory().createSocket("localhost", encrypted.getPort());
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // not asked
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            assertThat(Arrays.asList(chain)).isNotEmpty();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
