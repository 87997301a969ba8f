package io.sluice.platform;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a store of the TLS registry holds. */
public final class StoredCertificates {
    private StoredCertificates() {}

    /** All of its chains and trusted certificates; of no store none. */
    public static List<X509Certificate> of(@Nullable KeyStore store) {
        List<X509Certificate> found = new ArrayList<>();
        if (store == null) {
            return found;
        }
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                Certificate[] all = chain == null ? new Certificate[] {store.getCertificate(alias)} : chain;
                for (Certificate certificate : all) {
                    if (certificate instanceof X509Certificate x509) {
                        found.add(x509);
                    }
                }
            }
        } catch (KeyStoreException e) {
            throw new IllegalStateException("the framework hands out stores that are loaded", e);
        }
        return found;
    }
}
