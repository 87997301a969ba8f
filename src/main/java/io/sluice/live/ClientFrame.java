package io.sluice.live;

import org.jspecify.annotations.Nullable;

/** What a client asks for (operator protocol section 1). */
sealed interface ClientFrame {

    /**
     * @param id the client's own, 0 to 2^53-1
     * @param maxHz flushes a second, 1 to {@link #MAX_HZ}
     * @param since a position that was handed out earlier, or anything else, which is then as good as none
     */
    record Subscribe(
            long id,
            Channel channel,
            Filter filter,
            Mode mode,
            int maxHz,
            @Nullable String since) implements ClientFrame {
        static final int MAX_HZ = 20;
        static final int DEFAULT_HZ = 4;
    }

    record Unsubscribe(long id) implements ClientFrame {}

    record Ping() implements ClientFrame {}

    /** @param id the subscription it was about, where that could be read */
    record Refused(@Nullable Long id, ErrorCode code, String detail) implements ClientFrame {}
}
