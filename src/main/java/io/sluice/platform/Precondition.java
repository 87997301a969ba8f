package io.sluice.platform;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The {@code If-Match} of a request (RFC 9110 section 13.1.1) against a row's version; tags are strong, {@code "7"}. */
public record Precondition(@Nullable String ifMatch) {

    public static String tag(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** @throws ProblemException 412 where the header names other versions than this one */
    public void require(long version) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return;
        }
        String tag = tag(version);
        boolean met = Arrays.stream(ifMatch.split(",", 50))
                .map(String::strip)
                .anyMatch(named -> named.equals("*") || named.equals(tag));
        if (!met) {
            throw new ProblemException(412, "It was changed since; read it again. Its tag is now " + tag + ".");
        }
    }
}
