package io.sluice.local;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says, once the service is ready, where the console is, who may log in and what a client verifies. */
@ApplicationScoped
@IfBuildProfile(anyOf = {"dev", "standalone"})
class LocalWelcome {
    private final LocalService service;
    private final String profile;

    LocalWelcome(LocalService service, @ConfigProperty(name = "quarkus.profile") String profile) {
        this.service = service;
        this.profile = profile;
    }

    void onStart(@Observes StartupEvent event) {
        service.whenReady("sluice-welcome", this::say);
    }

    private void say() {
        boolean dev = profile.contains("dev");
        Path folder = Path.of(System.getProperty(LocalStart.FOLDER));
        LocalLog.LOG.welcome(String.join(
                System.lineSeparator(),
                "Sluice is ready",
                "  console      " + service.url() + "  (or " + service.plainUrl() + ")",
                "  log in as    " + (dev ? "admin / admin" : "admin, with SLUICE_ADMIN_PASSWORD of the first start"),
                "  devices      " + service.url().replace("https:", "wss:") + "/ingest",
                "  authority    " + folder.resolve("ca.pem") + "  (verify with it: curl --cacert)",
                "  data         " + folder));
    }
}
