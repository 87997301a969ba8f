package io.sluice.ingest;

import io.sluice.telemetry.Identifier;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorResult;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * Which device a chain of certificates names: issued by one of the given authorities for TLS clients, both valid now,
 * with exactly one CN. TLS has judged issuer and time before, but only when the session began, and a session is resumed
 * for a day; so every request is judged in full. Revocation is not asked for: a device is switched off in the registry,
 * which acts within two seconds.
 */
final class DeviceCertificates {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String COMMON_NAME = "CN";

    private final Set<TrustAnchor> authorities;

    DeviceCertificates(Collection<X509Certificate> authorities) {
        this.authorities = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param chain the device's own certificate first */
    ClientCertificate judge(Certificate[] chain, Instant now) {
        List<X509Certificate> path = new ArrayList<>();
        for (Certificate certificate : chain) {
            if (!(certificate instanceof X509Certificate x509)) {
                return ClientCertificate.BAD;
            }
            path.add(x509);
        }
        if (path.isEmpty() || !isForClients(path.get(0))) {
            return ClientCertificate.BAD;
        }
        Set<TrustAnchor> valid = validAt(now);
        List<X509Certificate> below = below(valid, path);
        X509Certificate authority = authorityOf(below, valid, now);
        if (authority == null) {
            return ClientCertificate.BAD;
        }
        String device = commonName(path.get(0));
        if (device == null || !Identifier.isValid(device)) {
            return ClientCertificate.BAD;
        }
        long endsAt = Stream.concat(below.stream(), Stream.of(authority))
                .mapToLong(certificate -> certificate.getNotAfter().getTime())
                .min()
                .orElseThrow();
        return new ClientCertificate.Good(device, endsAt);
    }

    /** Whether one of the authorities is among these certificates or has issued one of them. */
    boolean haveIssued(Collection<X509Certificate> certificates) {
        return authorities.stream()
                .map(TrustAnchor::getTrustedCert)
                .anyMatch(
                        authority -> certificates.stream().anyMatch(certificate -> hasIssued(authority, certificate)));
    }

    private static boolean hasIssued(X509Certificate authority, X509Certificate certificate) {
        if (authority.getPublicKey().equals(certificate.getPublicKey())) {
            return true;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** Any purpose, which the absent extension stands for, is not enough: a server's certificate must not pass. */
    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(CLIENT_AUTH);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** The validator takes an authority as good for ever. Of a renewed one and its elder with one key, one stays. */
    private Set<TrustAnchor> validAt(Instant now) {
        Date date = Date.from(now);
        return authorities.stream()
                .filter(anchor -> !date.before(anchor.getTrustedCert().getNotBefore())
                        && !date.after(anchor.getTrustedCert().getNotAfter()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The path up to the first authority in it. A device sends its authority's certificate, too, and the validator
     * wants a path that ends below its anchor; it bears one at the end only where that is self-signed.
     */
    private static List<X509Certificate> below(Set<TrustAnchor> anchors, List<X509Certificate> path) {
        for (int i = 1; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            if (anchors.stream().map(TrustAnchor::getTrustedCert).anyMatch(anchor -> isSame(anchor, certificate))) {
                return path.subList(0, i);
            }
        }
        return path;
    }

    private static boolean isSame(X509Certificate authority, X509Certificate certificate) {
        return authority.getSubjectX500Principal().equals(certificate.getSubjectX500Principal())
                && authority.getPublicKey().equals(certificate.getPublicKey());
    }

    /** Null where the path leads to none of them. */
    private static @Nullable X509Certificate authorityOf(
            List<X509Certificate> path, Set<TrustAnchor> anchors, Instant now) {
        if (anchors.isEmpty()) {
            return null;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidatorResult result = CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return ((PKIXCertPathValidatorResult) result).getTrustAnchor().getTrustedCert();
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** Null where there is none, more than one, or one that is no text. */
    private static @Nullable String commonName(X509Certificate certificate) {
        List<Object> names = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute name = rdn.toAttributes().get(COMMON_NAME);
                if (name != null) {
                    NamingEnumeration<?> values = name.getAll();
                    while (values.hasMore()) {
                        names.add(Objects.requireNonNull(values.next()));
                    }
                }
            }
        } catch (NamingException e) {
            return null;
        }
        return names.size() == 1 && names.get(0) instanceof String name ? name : null;
    }
}
