package io.sluice.live;

import io.sluice.presence.PresenceRecord.Repeats;
import io.sluice.registry.RepeatedMessages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells the registry's answers what the rollup room counted, from the topic that this room follows anyway. */
@ApplicationScoped
class FollowedRepeats implements RepeatedMessages {
    private final LiveStream live;

    FollowedRepeats(LiveStream live) {
        this.live = live;
    }

    @Override
    public Optional<Count> of(String device) {
        Repeats repeats = live.repeatsOf(device);
        return repeats == null
                ? Optional.empty()
                : Optional.of(new Count(repeats.messages(), repeats.fromOne(), repeats.lastMs()));
    }
}
