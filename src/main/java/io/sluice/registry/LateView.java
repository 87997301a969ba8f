package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Readings that were acknowledged and stored, and changed not every window that they belong to. */
record LateView(
        @Schema(description = "Readings for which at least one window had closed when they arrived")
        long readings,

        @Schema(description = "Arrival of the newest, ms since 1970; absent where there was none") @Nullable
        Long last)
        implements JsonAnswer {
    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.whole("readings", readings).whole("last", last);
    }

    static LateView of(DeviceCounts.Late count) {
        return new LateView(count.readings(), count.readings() == 0 ? null : count.lastMs());
    }
}
