package io.sluice.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;

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
        try {
            return earliestEndSeconds(tls.getKeyStore());
        } catch (KeyStoreException e) {
            return Double.NaN;
        }
    }

    /** Seconds since 1970; infinity where there is no certificate. */
    static double earliestEndSeconds(KeyStore keys) throws KeyStoreException {
        double earliest = Double.POSITIVE_INFINITY;
        for (String alias : Collections.list(keys.aliases())) {
            Certificate[] chain = keys.getCertificateChain(alias);
            for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
                if (certificate instanceof X509Certificate dated) {
                    earliest = Math.min(earliest, dated.getNotAfter().getTime() / 1e3);
                }
            }
        }
        return earliest;
    }
}
