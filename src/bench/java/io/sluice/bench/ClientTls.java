package io.sluice.bench;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;

/** The clients' side of TLS: the servers are this machine's own, so any certificate will do. */
final class ClientTls {
    static final SslContext CONTEXT;

    static {
        try {
            CONTEXT = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ClientTls() {}
}
