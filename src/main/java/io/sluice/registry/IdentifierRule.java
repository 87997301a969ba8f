package io.sluice.registry;

import io.sluice.platform.FieldErrors;
import io.sluice.telemetry.Identifier;
import org.jspecify.annotations.Nullable;

/** The one sentence that is told where an id, group or profile name breaks the grammar. */
final class IdentifierRule {
    private IdentifierRule() {}

    static void check(FieldErrors errors, @Nullable String text, String field) {
        errors.check(
                text != null && Identifier.isValid(text),
                field,
                "must be 1 to 64 letters (A to Z), digits, dots, hyphens or underscores, the first a letter or digit");
    }
}
