package io.sluice.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/**
 * When the certificate that is served ends, so that somebody is woken before every device is turned away at once. Of the
 * chain whichever ends first. Looked up anew each time: a renewal is taken without a restart.
 */
@Singleton
class CertificateExpiry {
    void register(@Observes StartupEvent event, MeterRegistry meters, TlsConfigurationRegistry registry) {
        registry.getDefault()
                .filter(tls -> tls.getKeyStore() != null)
                .ifPresent(tls -> Gauge.builder("sluice.tls.certificate.expiry", tls, CertificateExpiry::endSeconds)
                        .baseUnit("seconds")
                        .register(meters));
    }

    private static double endSeconds(TlsConfiguration tls) {
        return earliestEndSeconds(tls.getKeyStore());
    }

    /** Seconds since 1970; infinity where there is no certificate. */
    static double earliestEndSeconds(@Nullable KeyStore keys) {
        return StoredCertificates.of(keys).stream()
                .mapToDouble(certificate -> certificate.getNotAfter().getTime() / 1e3)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
