package io.sluice.local;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An authority of one level: it signs certificates of servers and devices, and none of further authorities.
 *
 * @param name whatever it signs has this as its issuer
 */
record Issuer(X500Name name, KeyPair keys) {
    static Issuer create(String commonName) throws GeneralSecurityException {
        return new Issuer(new X500Name("CN=" + commonName), newKeyPair());
    }

    static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Its own, signed by itself, valid from a day ago on. */
    X509Certificate own(Duration life) throws IOException, GeneralSecurityException, OperatorCreationException {
        JcaX509v3CertificateBuilder builder =
                builder(name, keys.getPublic(), Instant.now().plus(life));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return sign(builder);
    }

    /**
     * A certificate that is valid from a day ago on.
     *
     * @param purpose its extended key usage; null for none
     * @param alternativeNames null for none
     */
    X509Certificate sign(
            String subject,
            PublicKey key,
            Instant until,
            @Nullable KeyPurposeId purpose,
            @Nullable GeneralNames alternativeNames)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        JcaX509v3CertificateBuilder builder = builder(new X500Name(subject), key, until);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        if (alternativeNames != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames);
        }
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic()));
        return sign(builder);
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, PublicKey key, Instant until) {
        // From a day ago on, for clients whose clock is behind.
        Date from = Date.from(Instant.now().minus(Duration.ofDays(1)));
        return new JcaX509v3CertificateBuilder(
                name, new BigInteger(127, new SecureRandom()), from, Date.from(until), subject, key);
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
