package io.sluice.console;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one browser and the service of this JVM; each visits in a profile of its own. */
abstract class BrowserTest {
    private static Chromium chromium;

    @TestHTTPResource("/")
    URI service;

    /** Ends the names of what a test makes, since it stays. */
    final String run = UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    final Visit visit() {
        return Visit.open(chromium, service);
    }
}
