package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import java.io.IOException;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One of a device's live tokens, without the token. Times are ms since 1970. */
record TokenView(
        long created,

        @Schema(description = "When it runs out or its grace is over; absent where it has no end") @Nullable
        Long ends,

        @Schema(
                description =
                        "When it last opened a connection or authenticated a POST, or that connection closed, as far"
                                + " as it is written down; absent where it never was used")
        @Nullable
        Long lastUsed)
        implements JsonAnswer {
    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.whole("created", created).whole("ends", ends).whole("lastUsed", lastUsed);
    }

    static TokenView of(TokenRow row, @Nullable OffsetDateTime usedAt) {
        return new TokenView(millis(row.createdAt), earlier(row.expiresAt, row.revokedAt), millisOrNull(usedAt));
    }

    private static @Nullable Long earlier(@Nullable OffsetDateTime one, @Nullable OffsetDateTime other) {
        if (one == null || other == null) {
            return millisOrNull(one == null ? other : one);
        }
        return millis(one.isBefore(other) ? one : other);
    }

    private static @Nullable Long millisOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : millis(time);
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
