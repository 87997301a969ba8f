package io.sluice.registry;

import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as REST shows it.
 *
 * @param token only in the answer that made it
 * @param connected absent where presence is not known here
 * @param repeats in answers about one device; absent where they are not known here
 * @param late likewise
 * @param connections the newest first; in answers to a question about one device, absent where they are not known here
 * @param tokens its live ones; in answers to a question about one device
 */
record DeviceView(
        String id,
        String name,
        @Nullable String group,
        String profile,
        boolean enabled,
        @Nullable Boolean connected,
        @Nullable RepeatsView repeats,
        @Nullable LateView late,
        @Nullable List<ConnectionView> connections,
        @Nullable List<TokenView> tokens,
        @Nullable String token)
        implements JsonAnswer {
    @Override
    public void write(AnswerFields fields) throws IOException {
        fields.text("id", id)
                .text("name", name)
                .text("group", group)
                .text("profile", profile)
                .flag("enabled", enabled)
                .flag("connected", connected)
                .object("repeats", repeats)
                .object("late", late)
                .list("connections", connections)
                .list("tokens", tokens)
                .text("token", token);
    }

    static DeviceView of(DeviceRow row) {
        return new DeviceView(
                row.id, row.name, row.groupName, row.profile, row.enabled, null, null, null, null, null, null);
    }

    DeviceView withToken(DeviceToken newToken) {
        return new DeviceView(
                id, name, group, profile, enabled, connected, repeats, late, connections, tokens, newToken.text());
    }

    DeviceView withConnected(boolean isConnected) {
        return new DeviceView(
                id, name, group, profile, enabled, isConnected, repeats, late, connections, tokens, token);
    }

    DeviceView withCounts(@Nullable RepeatsView repeated, @Nullable LateView tooLate) {
        return new DeviceView(
                id, name, group, profile, enabled, connected, repeated, tooLate, connections, tokens, token);
    }

    DeviceView withTokens(List<TokenView> live) {
        return new DeviceView(id, name, group, profile, enabled, connected, repeats, late, connections, live, token);
    }

    DeviceView withConnections(List<ConnectionView> newest) {
        return new DeviceView(id, name, group, profile, enabled, connected, repeats, late, newest, tokens, token);
    }
}
