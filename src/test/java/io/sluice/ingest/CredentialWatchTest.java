package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.presence.PresenceRecord;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that end because something else changed: the device, its token, or another instance has it. */
@QuarkusTest
class CredentialWatchTest {
    @TestHTTPResource
    URL url;

    @Inject
    MessageLog log;

    @Inject
    Announcements announcements;

    @Inject
    DeviceMemories memories;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
    }

    @Test
    void closesADisabledDevice() {
        DeviceClient device = connect("watch-1");
        TestDevices.admin()
                .body("{\"enabled\":false}")
                .put("/api/devices/{id}", TestDevices.id("watch-1"))
                .then()
                .statusCode(200);
        assertThat(device.closeCode()).isEqualTo(4503);
    }

    @Test
    void closesAndForgetsADeletedDevice() {
        DeviceClient device = connect("watch-4");
        int remembered = memories.size();
        TestDevices.admin()
                .delete("/api/devices/{id}", TestDevices.id("watch-4"))
                .then()
                .statusCode(204);
        assertThat(device.closeCode()).isEqualTo(4501);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> memories.size() == remembered - 1);
    }

    @Test
    void closesWhatADeadTokenOpened() {
        DeviceClient device = connect("watch-2");
        TestDevices.admin()
                .post("/api/devices/{id}/token", TestDevices.id("watch-2"))
                .then()
                .statusCode(200);
        assertThat(device.closeCode()).isEqualTo(4501);
    }

    @Test
    void closesWhatAnotherInstanceAnnouncesLater() {
        DeviceClient device = connect("watch-3");
        // Key and order are what counts: the connection's own announcement is on the topic before this one.
        announcements.announce(
                new PresenceRecord.Connected(TestDevices.id("watch-3"), null, "elsewhere-1", "elsewhere", 0));
        assertThat(device.closeCode()).isEqualTo(4509);
    }

    private DeviceClient connect(String name) {
        DeviceClient client =
                DeviceClient.connect(url.getPort(), TestDevices.id(name), TestDevices.token(name), "", null);
        client.nextText();
        return client;
    }
}
