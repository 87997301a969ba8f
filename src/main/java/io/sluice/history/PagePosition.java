package io.sluice.history;

import io.sluice.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page begins: at the window of that start in the series of that unit, and in the range of the first page, so that
 * a range that ends now does not move from page to page. As text, in {@code next}, it is nobody's business but ours.
 *
 * @param unit empty for none
 */
record PagePosition(long from, long to, long start, String unit) {
    private static final String SEPARATOR = " ";
    private static final int MAX_LENGTH = 1_000;

    String text() {
        String plain = String.join(SEPARATOR, Long.toString(from), Long.toString(to), Long.toString(start), unit);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException 400 where it is none */
    static PagePosition parse(String text) {
        try {
            if (text.length() <= MAX_LENGTH) {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = plain.split(SEPARATOR, 4);
                PagePosition read = new PagePosition(
                        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
                if (0 <= read.from && read.from <= read.start && read.start < read.to && read.isPlain()) {
                    return read;
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // the same answer as to any other text
        }
        throw new ProblemException(400, "next must be what an earlier answer gave.");
    }

    private boolean isPlain() {
        return to <= HistoryQuery.LAST && unit.indexOf('\0') < 0;
    }
}
