package io.sluice.platform;

import io.netty.handler.ssl.OpenSsl;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import jakarta.inject.Singleton;

/** TLS by BoringSSL where it is wanted and there; a folder that nothing may be run from is enough to go without. */
@Singleton
class BoringSsl implements HttpServerOptionsCustomizer {
    private final boolean wanted;

    BoringSsl(HttpConfig config) {
        this.wanted = config.boringssl();
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (!wanted) {
            PlatformLog.LOG.jdkTls("sluice.http.boringssl says so");
        } else if (!OpenSSLEngineOptions.isAvailable()) {
            PlatformLog.LOG.jdkTls("BoringSSL is not there: " + OpenSsl.unavailabilityCause());
        } else {
            options.setSslEngineOptions(new BoringSslOptions());
            PlatformLog.LOG.boringSsl(OpenSsl.versionString());
        }
    }
}
