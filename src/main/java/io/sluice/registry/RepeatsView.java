package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Messages that were acknowledged and not counted, because their number had been counted before in its epoch. */
record RepeatsView(
        @Schema(description = "Messages whose number had been counted before in its epoch; they were not counted again")
        long messages,

        @Schema(description = "How many of them had the number 1: the device began again in a known epoch")
        long fromOne,

        @Schema(description = "Arrival of the newest, ms since 1970; absent where there was none") @Nullable
        Long last,

        @Schema(description = "What the operator should look at, in words; absent where nothing looks wrong") @Nullable
        String hint)
        implements JsonAnswer {
    private static final String BEGAN_AGAIN = "The device began again at number 1 in an epoch that was known. After a"
            + " connection that was lost before the first acknowledgement that is right. Firmware with a hard-coded next=1"
            + " does it at every start, and its new readings are then taken for repeated ones and lost: it must keep its"
            + " numbers, or take a new epoch at each start.";

    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.whole("messages", messages)
                .whole("fromOne", fromOne)
                .whole("last", last)
                .text("hint", hint);
    }

    static RepeatsView of(DeviceCounts.Repeats count) {
        return new RepeatsView(
                count.messages(),
                count.fromOne(),
                count.messages() == 0 ? null : count.lastMs(),
                count.fromOne() == 0 ? null : BEGAN_AGAIN);
    }
}
