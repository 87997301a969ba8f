package io.sluice.registry;

import io.sluice.platform.Problem;
import io.sluice.platform.Problem.FieldError;
import io.sluice.platform.ProblemException;
import io.sluice.telemetry.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers every wrong field of a body, so that a caller hears of all of them at once. At most 20 are told. */
final class FieldErrors {
    private static final int MAX = 20;

    private final List<FieldError> errors = new ArrayList<>();

    void check(boolean good, String field, String detail) {
        if (!good && errors.size() < MAX) {
            errors.add(new FieldError(field, detail));
        }
    }

    void checkIdentifier(@Nullable String text, String field) {
        check(
                text != null && Identifier.isValid(text),
                field,
                "must be 1-64 of A-Z a-z 0-9 . _ -, the first alphanumeric");
    }

    List<FieldError> found() {
        return List.copyOf(errors);
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.ofFields(errors));
        }
    }
}
