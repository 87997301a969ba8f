package io.sluice.ingest;

import io.sluice.registry.Admission;
import io.sluice.registry.Directory;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Who a request's {@code Authorization} names (device protocol section 1). */
final class Credentials {
    static final String CHALLENGE =
            "Basic realm=\"sluice devices\", charset=\"UTF-8\", Bearer realm=\"sluice devices\"";

    private Credentials() {}

    static Admission judge(MultiMap headers, Directory directory) {
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
