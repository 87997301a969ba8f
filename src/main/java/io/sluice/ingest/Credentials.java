package io.sluice.ingest;

import io.sluice.registry.Admission;
import io.sluice.registry.Directory;
import io.sluice.registry.DirectoryEntry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Who a request's {@code Authorization} and client certificate name (device protocol section 1). */
final class Credentials {
    static final String CHALLENGE =
            "Basic realm=\"sluice devices\", charset=\"UTF-8\", Bearer realm=\"sluice devices\"";

    private Credentials() {}

    /**
     * A certificate that is there must be good, and name the same device as the header where both are there. Alone it
     * is not enough for a request that a browser says it makes for a page: whoever installed it there, any page could
     * use it.
     */
    static Admission judge(MultiMap headers, ClientCertificate certificate, Directory directory) {
        if (certificate instanceof ClientCertificate.Absent) {
            return byHeader(headers, directory);
        }
        if (!(certificate instanceof ClientCertificate.Good good)) {
            return new Admission.Refused();
        }
        if (!headers.contains(HttpHeaders.AUTHORIZATION)) {
            return isFromBrowser(headers) ? new Admission.Refused() : byCertificate(good, directory);
        }
        Admission admission = byHeader(headers, directory);
        if (admission instanceof Admission.Admitted admitted
                && admitted.entry().device().equals(good.device())) {
            return new Admission.Admitted(admitted.entry(), admitted.token(), good.endsAt());
        }
        return admission instanceof Admission.Disabled disabled
                        && disabled.entry().device().equals(good.device())
                ? disabled
                : new Admission.Refused();
    }

    private static boolean isFromBrowser(MultiMap headers) {
        return headers.contains("Sec-Fetch-Mode") || headers.contains("Sec-Fetch-Site");
    }

    private static Admission byCertificate(ClientCertificate.Good certificate, Directory directory) {
        DirectoryEntry entry = directory.find(certificate.device());
        if (entry == null) {
            return new Admission.Refused();
        }
        return entry.enabled()
                ? new Admission.Admitted(entry, Admission.NO_TOKEN, certificate.endsAt())
                : new Admission.Disabled(entry);
    }

    private static Admission byHeader(MultiMap headers, Directory directory) {
        List<String> values = headers.getAll(HttpHeaders.AUTHORIZATION);
        if (values.size() != 1) {
            return new Admission.Refused();
        }
        String value = values.get(0).trim();
        int space = value.indexOf(' ');
        if (space < 0) {
            return new Admission.Refused();
        }
        String scheme = value.substring(0, space);
        String rest = value.substring(space + 1).trim();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return directory.authenticate(rest);
        }
        return scheme.equalsIgnoreCase("Basic") ? basic(rest, directory) : new Admission.Refused();
    }

    private static Admission basic(String encoded, Directory directory) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new Admission.Refused();
        }
        int colon = pair.indexOf(':');
        return colon < 0
                ? new Admission.Refused()
                : directory.authenticate(pair.substring(0, colon), pair.substring(colon + 1));
    }
}
