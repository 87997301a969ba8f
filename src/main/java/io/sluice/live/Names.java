package io.sluice.live;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names in a query string: separated by commas, the parameter given once or more often. */
final class Names {
    private Names() {}

    /** Null, which is all, where the parameter is absent; empty names do not count. */
    static @Nullable Set<String> of(@Nullable Collection<String> values) {
        if (values == null || values.isEmpty()) {
            return null;
        }
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
