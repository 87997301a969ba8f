package io.sluice.local;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Certificates and keys in files. */
final class Pem {
    private Pem() {}

    static void write(Path file, X509Certificate certificate) throws IOException {
        Files.writeString(file, text(certificate));
    }

    /** As PKCS#8, which is the one form that every server reads; readable by its owner only. */
    static void writePrivate(Path file, PrivateKey key) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text(new JcaPKCS8Generator(key, null)));
    }

    /** Whether there is a certificate that does not end within {@code margin}. */
    static boolean isGood(Path certificate, Duration margin) {
        try (var in = Files.newInputStream(certificate)) {
            X509Certificate parsed =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return parsed.getNotAfter().toInstant().isAfter(Instant.now().plus(margin));
        } catch (IOException | GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static String text(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
