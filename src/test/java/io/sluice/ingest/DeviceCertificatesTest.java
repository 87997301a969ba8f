package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ingest.ClientCertificate.Good;
import io.sluice.local.DeviceIssuer;
import java.security.KeyPair;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which device a chain names, and that everything else names none (device protocol section 1). */
class DeviceCertificatesTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    private static DeviceIssuer authority;
    private static DeviceIssuer other;
    private static KeyPair key;
    private static DeviceCertificates certificates;

    @BeforeAll
    static void issue() throws Exception {
        authority = DeviceIssuer.unknown("devices");
        // The same name, another key.
        other = DeviceIssuer.unknown("devices");
        key = DeviceIssuer.newKeyPair();
        certificates = new DeviceCertificates(List.of(authority.own()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=pump-7", "CN=pump-7,OU=line 3,O=Works", "O=Works,CN=pump-7", "OU=CN\\=evil,CN=pump-7"})
    void theOneCommonNameIsTheDevice(String subject) throws Exception {
        assertThat(judge(client(subject))).isEqualTo(new Good("pump-7", LATER.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O=Works",
                "CN=pump-7,CN=pump-8",
                "CN=pump-7+CN=pump-8",
                "CN=pump 7",
                "CN=",
                "CN=../pump-7",
                "CN=pump-7\\,CN\\=pump-8",
                "OU=CN\\=pump-7"
            })
    void anyOtherSubjectNamesNobody(String subject) throws Exception {
        assertThat(judge(client(subject))).isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void aDeviceOfTheAuthorityWithItsCertificateInTheChainIsGood() throws Exception {
        assertThat(certificates.judge(new Certificate[] {client("CN=pump-7"), authority.own()}, NOW))
                .isInstanceOf(Good.class);
    }

    @Test
    void onlyClientAuthIsForDevices() throws Exception {
        assertThat(judge(authority.sign(key, "CN=pump-7", LATER, null))).isEqualTo(ClientCertificate.BAD);
        assertThat(judge(authority.sign(key, "CN=pump-7", LATER, KeyPurposeId.id_kp_serverAuth)))
                .isEqualTo(ClientCertificate.BAD);
        assertThat(judge(authority.sign(key, "CN=pump-7", LATER, KeyPurposeId.anyExtendedKeyUsage)))
                .isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void anAuthorityOfTheSameNameIsAnother() throws Exception {
        X509Certificate foreign = other.sign(key, "CN=pump-7", LATER, KeyPurposeId.id_kp_clientAuth);
        assertThat(judge(foreign)).isEqualTo(ClientCertificate.BAD);
        assertThat(certificates.judge(new Certificate[] {foreign, other.own()}, NOW))
                .isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void aDevicesCertificateIssuesNone() throws Exception {
        X509Certificate device = client("CN=devices");
        assertThat(certificates.judge(new Certificate[] {client("CN=pump-7"), device}, NOW))
                .isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void itIsGoodWithinItsTimeOnly() throws Exception {
        Certificate[] chain = {client("CN=pump-7")};
        assertThat(certificates.judge(chain, LATER.minusSeconds(1))).isInstanceOf(Good.class);
        assertThat(certificates.judge(chain, LATER.plusSeconds(1))).isEqualTo(ClientCertificate.BAD);
        assertThat(certificates.judge(chain, NOW.minus(Duration.ofDays(2)))).isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void anIntermediateMayBeTheAuthority() throws Exception {
        DeviceIssuer root = DeviceIssuer.unknown("root");
        X509Certificate intermediate = root.certify(authority);
        DeviceCertificates ofIntermediate = new DeviceCertificates(List.of(intermediate));
        Good good = new Good("pump-7", LATER.toEpochMilli());
        X509Certificate device = client("CN=pump-7");
        assertThat(ofIntermediate.judge(new Certificate[] {device}, NOW)).isEqualTo(good);
        assertThat(ofIntermediate.judge(new Certificate[] {device, intermediate}, NOW))
                .isEqualTo(good);
        assertThat(ofIntermediate.judge(new Certificate[] {device, intermediate, root.own()}, NOW))
                .isEqualTo(good);
        // The root's other intermediates are not meant, nor is a certificate that only says its name.
        assertThat(ofIntermediate.judge(new Certificate[] {device, root.certify(other), root.own()}, NOW))
                .isEqualTo(ClientCertificate.BAD);
        X509Certificate foreign = other.sign(key, "CN=pump-7", LATER, KeyPurposeId.id_kp_clientAuth);
        assertThat(ofIntermediate.judge(new Certificate[] {foreign, intermediate}, NOW))
                .isEqualTo(ClientCertificate.BAD);
        assertThat(ofIntermediate.judge(new Certificate[] {foreign, root.certify(other)}, NOW))
                .isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void anAuthorityThatHasEndedMakesNoneGood() throws Exception {
        X509Certificate ending = authority.own(Duration.ofMinutes(10));
        Instant end = ending.getNotAfter().toInstant();
        Certificate[] chain = {client("CN=pump-7")};
        DeviceCertificates ofEnding = new DeviceCertificates(List.of(ending));
        assertThat(ofEnding.judge(chain, NOW)).isEqualTo(new Good("pump-7", end.toEpochMilli()));
        assertThat(ofEnding.judge(chain, end.plusSeconds(1))).isEqualTo(ClientCertificate.BAD);
        DeviceCertificates renewed = new DeviceCertificates(List.of(ending, authority.own()));
        assertThat(renewed.judge(chain, end.plusSeconds(1))).isEqualTo(new Good("pump-7", LATER.toEpochMilli()));
        assertThat(renewed.judge(new Certificate[] {chain[0], ending}, end.plusSeconds(1)))
                .isEqualTo(new Good("pump-7", LATER.toEpochMilli()));
    }

    @Test
    void withoutAnAuthorityNobodyIsNamed() throws Exception {
        assertThat(new DeviceCertificates(List.of()).judge(new Certificate[] {client("CN=pump-7")}, NOW))
                .isEqualTo(ClientCertificate.BAD);
    }

    @Test
    void knowsWhatItsAuthorityHasIssued() throws Exception {
        X509Certificate server = authority.sign(key, "CN=localhost", LATER, KeyPurposeId.id_kp_serverAuth);
        X509Certificate elsewhere = other.sign(key, "CN=localhost", LATER, KeyPurposeId.id_kp_serverAuth);
        assertThat(certificates.haveIssued(List.of(server))).isTrue();
        assertThat(certificates.haveIssued(List.of(authority.own()))).isTrue();
        assertThat(certificates.haveIssued(List.of(elsewhere, other.own()))).isFalse();
    }

    private static X509Certificate client(String subject) throws Exception {
        return authority.sign(key, subject, LATER, KeyPurposeId.id_kp_clientAuth);
    }

    private static ClientCertificate judge(X509Certificate certificate) {
        return certificates.judge(new Certificate[] {certificate}, NOW);
    }
}
