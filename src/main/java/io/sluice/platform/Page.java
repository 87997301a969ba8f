package io.sluice.platform;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list's answer (operator protocol section 2).
 *
 * @param next where the next page begins; absent at the end
 */
public record Page<T extends JsonAnswer>(
        List<T> items, @Nullable String next) implements JsonAnswer {
    public static final int MAX_LIMIT = 1_000;

    /** Of one item more than asked for, which only tells that there is a next page. */
    public static <T extends JsonAnswer> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = List.copyOf(found.subList(0, limit));
        return new Page<>(items, key.apply(items.get(limit - 1)));
    }

    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.list("items", items).text("next", next);
    }

    public static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(400, "limit must be 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }
}
