package io.sluice.platform;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * BoringSSL with the cipher suites that the JDK would have: Vert.x gives it all that it knows, those without forward secrecy too, whatever
 * {@code jdk.tls.disabledAlgorithms} says. And without a cache of sessions, which anybody who connects could fill.
 */
final class BoringSslOptions extends OpenSSLEngineOptions {
    BoringSslOptions() {
        setSessionCacheEnabled(false);
    }

    private BoringSslOptions(BoringSslOptions other) {
        super(other);
    }

    @Override
    public BoringSslOptions copy() {
        return new BoringSslOptions(this);
    }

    /** Used for a renewed certificate, too. */
    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
            @Override
            public SslContextFactory enabledCipherSuites(Set<String> suites) {
                boolean chosen = !suites.equals(OpenSsl.availableOpenSslCipherSuites());
                return super.enabledCipherSuites(chosen ? suites : ofTheJdk());
            }
        };
    }

    private static Set<String> ofTheJdk() {
        try {
            Set<String> suites = new LinkedHashSet<>(Arrays.asList(
                    SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites()));
            suites.retainAll(OpenSsl.availableJavaCipherSuites());
            return suites;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
