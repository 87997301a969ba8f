package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.sluice.local.DeviceIssuer;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** Whom the service asks for a certificate, and whose authority it refuses to be told by. */
class DeviceAuthorityTest {
    private static final List<String> INGEST = List.of("ingest");
    private static final char[] PASSWORD = "of no matter".toCharArray();

    @Test
    void refusesToStartWithTheAuthorityOfTheServersOwnCertificate() throws Exception {
        DeviceIssuer both = DeviceIssuer.unknown("for everything");
        assertThatThrownBy(() -> authority(INGEST, true, tls(both, both)).start(new StartupEvent()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sluice.ingest.device-authority");
    }

    @Test
    void startsWithAnAuthorityOfItsOwn() throws Exception {
        TlsConfiguration apart = tls(DeviceIssuer.unknown("servers"), DeviceIssuer.unknown("devices"));
        assertThatCode(() -> authority(INGEST, true, apart).start(new StartupEvent()))
                .doesNotThrowAnyException();
    }

    @Test
    void asksWhereItTakesDevicesAndKnowsTheirAuthority() throws Exception {
        TlsConfiguration apart = tls(DeviceIssuer.unknown("servers"), DeviceIssuer.unknown("devices"));
        assertThat(asked(authority(INGEST, true, apart))).isEqualTo(ClientAuth.REQUEST);
        assertThat(asked(authority(INGEST, false, apart))).isEqualTo(ClientAuth.NONE);
        assertThat(asked(authority(List.of("live"), true, apart))).isEqualTo(ClientAuth.NONE);
    }

    private static ClientAuth asked(DeviceAuthority authority) {
        HttpServerOptions options = new HttpServerOptions();
        authority.customizeHttpsServer(options);
        return options.getClientAuth();
    }

    private static DeviceAuthority authority(List<String> roles, boolean configured, TlsConfiguration tls) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(IngestConfig.class);
        if (configured) {
            builder.withDefaultValue("sluice.ingest.device-authority", "device-ca.pem");
        }
        return new DeviceAuthority(builder.build().getConfigMapping(IngestConfig.class), new OneTls(tls), roles);
    }

    /** @param servers issuer of the server's certificate, whose chain does not contain it */
    private static TlsConfiguration tls(DeviceIssuer servers, DeviceIssuer devices) throws Exception {
        KeyPair key = DeviceIssuer.newKeyPair();
        X509Certificate server = servers.sign(
                key, "CN=localhost", Instant.now().plus(Duration.ofHours(1)), KeyPurposeId.id_kp_serverAuth);
        KeyStore keys = store();
        keys.setKeyEntry("server", key.getPrivate(), PASSWORD, new Certificate[] {server});
        KeyStore trusted = store();
        trusted.setCertificateEntry("devices", devices.own());
        return new BaseTlsConfiguration() {
            @Override
            public KeyStore getKeyStore() {
                return keys;
            }

            @Override
            public KeyStore getTrustStore() {
                return trusted;
            }
        };
    }

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** A registry of the default configuration alone. */
    private record OneTls(TlsConfiguration tls) implements TlsConfigurationRegistry {
        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.of(tls);
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    }
}
