package io.sluice.live;

import io.sluice.presence.PresenceRecord.Late;
import io.sluice.registry.LateReadings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** As {@link FollowedRepeats}, of readings that came too late. */
@ApplicationScoped
class FollowedLate implements LateReadings {
    private final LiveStream live;

    FollowedLate(LiveStream live) {
        this.live = live;
    }

    @Override
    public Optional<Count> of(String device) {
        Late late = live.lateOf(device);
        return late == null ? Optional.empty() : Optional.of(new Count(late.readings(), late.lastMs()));
    }
}
