package io.sluice.local;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Signs devices' certificates, with the authority of a data folder or with one that nobody knows. */
public final class DeviceIssuer {
    private static final char[] PASSWORD = "of no matter".toCharArray();

    private final Issuer issuer;

    private DeviceIssuer(Issuer issuer) {
        this.issuer = issuer;
    }

    /** The one that development makes. */
    public static DeviceIssuer of(Path folder) throws Exception {
        DevelopmentAuthority files = new DevelopmentAuthority(folder);
        try (Reader reader = Files.newBufferedReader(files.deviceAuthorityKey());
                PEMParser pem = new PEMParser(reader)) {
            var key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) pem.readObject());
            X509Certificate own = read(files.deviceAuthorityCertificate());
            X500Name name = X500Name.getInstance(own.getSubjectX500Principal().getEncoded());
            return new DeviceIssuer(new Issuer(name, new KeyPair(own.getPublicKey(), key)));
        }
    }

    public static DeviceIssuer unknown(String commonName) throws Exception {
        return new DeviceIssuer(Issuer.create(commonName));
    }

    public X509Certificate own() throws Exception {
        return own(Duration.ofDays(1));
    }

    public X509Certificate own(Duration life) throws Exception {
        return issuer.own(life);
    }

    /** Makes the other an intermediate authority, with a certificate of this one's. */
    public X509Certificate certify(DeviceIssuer intermediate) throws Exception {
        Instant now = Instant.now();
        X509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                        issuer.name(),
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(1))),
                        intermediate.issuer.name(),
                        intermediate.issuer.keys().getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(issuer.keys().getPrivate())));
    }

    /** @param key whose certificate it becomes */
    public X509Certificate sign(KeyPair key, String subject, Instant until, @Nullable KeyPurposeId purpose)
            throws Exception {
        return issuer.sign(subject, key.getPublic(), until, purpose, null);
    }

    public static KeyPair newKeyPair() throws Exception {
        return Issuer.newKeyPair();
    }

    /** TLS with that certificate, towards a server whose authority is in the folder. */
    public SSLContext client(Path folder, String subject, Instant until, @Nullable KeyPurposeId purpose)
            throws Exception {
        KeyPair key = newKeyPair();
        KeyStore keys = emptyStore();
        keys.setKeyEntry(
                "device", key.getPrivate(), PASSWORD, new Certificate[] {sign(key, subject, until, purpose), own()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", read(new DevelopmentAuthority(folder).authorityCertificate()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
