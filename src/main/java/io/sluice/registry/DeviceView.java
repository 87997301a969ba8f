package io.sluice.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A device as REST shows it.
 *
 * @param token only in the answer that made it
 * @param connected absent where presence is not known here
 * @param repeats in answers about one device; absent where they are not known here
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceView(
        String id,
        String name,
        @Nullable String group,
        String profile,
        boolean enabled,
        @Nullable Boolean connected,
        @Nullable RepeatsView repeats,
        @Nullable String token) {
    static DeviceView of(DeviceRow row) {
        return new DeviceView(row.id, row.name, row.groupName, row.profile, row.enabled, null, null, null);
    }

    DeviceView withToken(DeviceToken newToken) {
        return new DeviceView(id, name, group, profile, enabled, connected, repeats, newToken.text());
    }

    DeviceView withConnected(boolean isConnected) {
        return new DeviceView(id, name, group, profile, enabled, isConnected, repeats, token);
    }

    DeviceView withRepeats(RepeatedMessages.Count count) {
        return new DeviceView(id, name, group, profile, enabled, connected, RepeatsView.of(count), token);
    }
}
