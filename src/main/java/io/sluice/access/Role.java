package io.sluice.access;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ascending: each may what the ones before it may, so an identity carries the names of all of them. */
enum Role {
    VIEWER,
    OPERATOR,
    ADMIN;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Set<String> names() {
        return Arrays.stream(values())
                .filter(role -> role.ordinal() <= ordinal())
                .map(Role::wireName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Optional<Role> of(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
