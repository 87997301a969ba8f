package io.sluice.sim.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe over TLS: the authorities of a PEM file, or those that the Java runtime knows. There is no way to
 * believe everyone, on purpose.
 */
public final class Trust {
    private final byte @Nullable [] pem;

    private Trust(byte @Nullable [] pem) {
        this.pem = pem;
    }

    /** @param ca PEM file with one certificate or more; null for the runtime's own authorities */
    public static Trust of(@Nullable Path ca) throws IOException {
        if (ca == null) {
            return new Trust(null);
        }
        Trust trust = new Trust(Files.readAllBytes(ca));
        try {
            trust.context();
        } catch (GeneralSecurityException e) {
            throw new IOException(ca + " holds no certificate that can be read: " + e.getMessage(), e);
        }
        return trust;
    }

    /** For Vert.x; null for the runtime's own authorities. */
    @Nullable
    PemTrustOptions pemOptions() {
        return pem == null ? null : new PemTrustOptions().addCertValue(Buffer.buffer(pem));
    }

    /** For the JDK's client. */
    SSLContext context() throws GeneralSecurityException, IOException {
        if (pem == null) {
            return SSLContext.getDefault();
        }
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        Collection<? extends Certificate> certificates;
        try (InputStream in = new ByteArrayInputStream(pem)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        int number = 0;
        for (Certificate certificate : certificates) {
            authorities.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
