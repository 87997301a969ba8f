package io.sluice.ingest;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.sluice.platform.StoredCertificates;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks for client certificates where a device authority is configured, and judges them (device protocol section 1). They
 * are read from the connection's own TLS session and never from a header: whoever could write that header would be any
 * device.
 */
@Singleton
class DeviceAuthority implements HttpServerOptionsCustomizer {
    private static final String SERVERS_OWN =
            "The device authority (sluice.ingest.device-authority) has issued the server's own certificate:"
                    + " whoever has a server's certificate could be a device. Use an authority for devices alone.";

    private final boolean wanted;
    private final TlsConfigurationRegistry tls;
    private final InstantSource clock = InstantSource.system();
    private volatile DeviceCertificates certificates = new DeviceCertificates(List.of());

    DeviceAuthority(
            IngestConfig config,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") List<String> roles) {
        this.wanted = config.deviceAuthority().isPresent() && roles.contains("ingest");
        this.tls = tls;
    }

    /** Requested, not required: browsers and devices with tokens come to the same port. */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (wanted) {
            options.setClientAuth(ClientAuth.REQUEST);
        }
    }

    void start(@Observes StartupEvent event) {
        TlsConfiguration configuration = tls.getDefault().orElse(null);
        if (wanted && configuration != null && !take(configuration)) {
            throw new ConfigurationException(SERVERS_OWN);
        }
    }

    /** The authority's file is read again with the server's certificate. */
    void renewed(@Observes CertificateUpdatedEvent event) {
        if (wanted && event.name().equals(TlsConfig.DEFAULT_NAME) && !take(event.tlsConfiguration())) {
            IngestLog.LOG.deviceAuthorityRefused(SERVERS_OWN);
        }
    }

    /** Whether it may be one; where not, no certificate is good from now on. */
    private boolean take(TlsConfiguration configuration) {
        DeviceCertificates read = new DeviceCertificates(StoredCertificates.of(configuration.getTrustStore()));
        boolean apart = !read.haveIssued(StoredCertificates.of(configuration.getKeyStore()));
        certificates = apart ? read : new DeviceCertificates(List.of());
        return apart;
    }

    ClientCertificate judge(HttpServerRequest request) {
        SSLSession session = wanted ? request.sslSession() : null;
        if (session == null) {
            return ClientCertificate.ABSENT;
        }
        try {
            return certificates.judge(session.getPeerCertificates(), clock.instant());
        } catch (SSLPeerUnverifiedException none) {
            return ClientCertificate.ABSENT;
        }
    }
}
