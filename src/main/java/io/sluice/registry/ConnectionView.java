package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One of a device's connections. Times are ms since 1970. */
record ConnectionView(
        @Schema(description = "Absent where its beginning is not known any more") @Nullable
        Long since,

        @Schema(description = "Absent while it is open, and where the instance that held it has died") @Nullable
        Long until,

        @Schema(description = "How it was closed; 1006 without a close frame") @Nullable
        Integer closeCode)
        implements JsonAnswer {
    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.whole("since", since)
                .whole("until", until)
                .whole("closeCode", closeCode == null ? null : closeCode.longValue());
    }

    static ConnectionView of(ConnectedDevices.Connection connection) {
        return new ConnectionView(connection.sinceMs(), connection.untilMs(), connection.closeCode());
    }
}
