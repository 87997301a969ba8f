package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class BoringSslOptionsTest {
    @Test
    void theSuitesAreThoseOfTheJdk() throws Exception {
        String[] ofTheJdk = SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites();

        assertThat(suites(OpenSsl.availableOpenSslCipherSuites()))
                .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                .isSubsetOf(ofTheJdk);
    }

    @Test
    void whatSomebodyChoseStays() throws Exception {
        Set<String> chosen = Set.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

        assertThat(suites(chosen)).containsExactlyElementsOf(chosen);
    }

    private static List<String> suites(Set<String> given) throws Exception {
        KeyStore empty = KeyStore.getInstance(KeyStore.getDefaultType());
        empty.load(null, null);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(empty, new char[0]);
        SslContext context = new BoringSslOptions()
                .copy()
                .sslContextFactory()
                .keyMananagerFactory(keys)
                .enabledCipherSuites(given)
                .create();
        try {
            return context.cipherSuites();
        } finally {
            ReferenceCountUtil.release(context);
        }
    }
}
