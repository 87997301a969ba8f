package io.sluice.registry;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A token as the directory keeps it.
 *
 * @param endsAt ms since 1970; {@link Long#MAX_VALUE} where it has no end
 * @param end how it ends then
 */
record TokenEntry(long id, TokenHash hash, long endsAt, TokenEnd end) {
    static TokenEntry of(
            long id, TokenHash hash, @Nullable OffsetDateTime expiresAt, @Nullable OffsetDateTime revokedAt) {
        long expires = millis(expiresAt);
        long revoked = millis(revokedAt);
        return revoked <= expires
                ? new TokenEntry(id, hash, revoked, TokenEnd.REVOKED)
                : new TokenEntry(id, hash, expires, TokenEnd.EXPIRED);
    }

    boolean isLive(long now) {
        return now < endsAt;
    }

    private static long millis(@Nullable OffsetDateTime time) {
        return time == null ? Long.MAX_VALUE : time.toInstant().toEpochMilli();
    }
}
