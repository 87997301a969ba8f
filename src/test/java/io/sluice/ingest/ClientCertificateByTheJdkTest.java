package io.sluice.ingest;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The same where BoringSSL is not there. */
@QuarkusTest
@TestProfile(ClientCertificateByTheJdkTest.Jdk.class)
@Tag("slow")
class ClientCertificateByTheJdkTest extends ClientCertificateTest {
    public static final class Jdk implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.http.boringssl", "false");
        }
    }
}
