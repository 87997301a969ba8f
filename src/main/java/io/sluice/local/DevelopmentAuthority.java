package io.sluice.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Makes, on first start, a certificate authority and a server certificate for {@code localhost}, so that clients can
 * verify from the first minute. {@code ca.pem} is what a client trusts; the private keys are readable by their owner
 * only. A certificate within 30 days of its end is made anew; the authority is kept as long as it is good.
 *
 * <p>In development it also makes a second authority for devices' certificates, {@code device-ca.pem}, whose key is kept:
 * whoever develops signs with it.
 */
final class DevelopmentAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path folder;

    DevelopmentAuthority(Path folder) {
        this.folder = folder;
    }

    Path authorityCertificate() {
        return folder.resolve("ca.pem");
    }

    Path serverCertificate() {
        return folder.resolve("tls").resolve("server.pem");
    }

    Path serverKey() {
        return folder.resolve("tls").resolve("server-key.pem");
    }

    Path deviceAuthorityCertificate() {
        return folder.resolve("device-ca.pem");
    }

    Path deviceAuthorityKey() {
        return folder.resolve("device-ca-key.pem");
    }

    void ensure() throws IOException, GeneralSecurityException, OperatorCreationException {
        if (Pem.isGood(authorityCertificate(), RENEW_BEFORE)
                && Pem.isGood(serverCertificate(), RENEW_BEFORE)
                && Files.exists(serverKey())) {
            return;
        }
        Files.createDirectories(folder.resolve("tls"));
        // The authority's key is not kept: nothing else is to be signed by it, and what does not exist cannot leak.
        Issuer authority = Issuer.create("Sluice local authority");
        KeyPair server = Issuer.newKeyPair();
        Pem.writePrivate(serverKey(), server.getPrivate());
        Pem.write(
                serverCertificate(),
                authority.sign(
                        "CN=localhost",
                        server.getPublic(),
                        Instant.now().plus(SERVER_LIFE),
                        KeyPurposeId.id_kp_serverAuth,
                        names()));
        Pem.write(authorityCertificate(), authority.own(AUTHORITY_LIFE));
    }

    void ensureDeviceAuthority() throws IOException, GeneralSecurityException, OperatorCreationException {
        if (Pem.isGood(deviceAuthorityCertificate(), RENEW_BEFORE) && Files.exists(deviceAuthorityKey())) {
            return;
        }
        Issuer authority = Issuer.create("Sluice local device authority");
        Pem.writePrivate(deviceAuthorityKey(), authority.keys().getPrivate());
        Pem.write(deviceAuthorityCertificate(), authority.own(AUTHORITY_LIFE));
    }

    private static GeneralNames names() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, hostName()),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1"),
        });
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
