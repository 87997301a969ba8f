package io.sluice.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One of a device's connections. Times are ms since 1970. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectionView(
        @Schema(description = "Absent where its beginning is not known any more") @Nullable
        Long since,

        @Schema(description = "Absent while it is open, and where the instance that held it has died") @Nullable
        Long until,

        @Schema(description = "How it was closed; 1006 without a close frame") @Nullable
        Integer closeCode) {
    static ConnectionView of(ConnectedDevices.Connection connection) {
        return new ConnectionView(connection.sinceMs(), connection.untilMs(), connection.closeCode());
    }
}
