package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import io.sluice.rollup.RollupKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client of the live stream knows after the frames it was sent: of each window the newest item. */
final class SeenWindows {
    private final Map<RollupKey, RollupItem> items = new HashMap<>();
    private @Nullable String position;

    void take(List<JsonNode> frames) {
        frames.forEach(this::take);
    }

    void take(JsonNode frame) {
        String kind = frame.fieldNames().next();
        assertThat(kind).as(frame.toString()).isIn("snapshot", "update");
        JsonNode body = frame.get(kind);
        position = body.get("position").textValue();
        body.get("items").forEach(this::takeItem);
    }

    void takeItem(JsonNode json) {
        RollupItem item = RollupJson.decode(json.toString().getBytes(StandardCharsets.UTF_8));
        items.put(RollupKey.of(item), item);
    }

    /** Of the newest frame; null before the first. */
    @Nullable
    String position() {
        return position;
    }

    Map<RollupKey, RollupItem> items() {
        return items;
    }
}
