package io.sluice.platform;

import io.sluice.platform.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Gathers every wrong field of a body, so that a caller hears of all of them at once. At most 20 are told. */
public final class FieldErrors {
    private static final int MAX = 20;

    private final List<FieldError> errors = new ArrayList<>();

    public void check(boolean good, String field, String detail) {
        if (!good && errors.size() < MAX) {
            errors.add(new FieldError(field, detail));
        }
    }

    public List<FieldError> found() {
        return List.copyOf(errors);
    }

    /** @throws ProblemException 400 that names them all */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.ofFields(errors));
        }
    }
}
