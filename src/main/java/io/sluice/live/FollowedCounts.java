package io.sluice.live;

import io.sluice.registry.DeviceCounts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells the registry's answers what the rollup room counted, from the topic that this room follows anyway. */
@ApplicationScoped
class FollowedCounts implements DeviceCounts {
    private final LiveStream live;

    FollowedCounts(LiveStream live) {
        this.live = live;
    }

    @Override
    public Optional<Repeats> repeats(String device) {
        return Optional.ofNullable(live.repeatsOf(device))
                .map(counted -> new Repeats(counted.messages(), counted.fromOne(), counted.lastMs()));
    }

    @Override
    public Optional<Late> late(String device) {
        return Optional.ofNullable(live.lateOf(device)).map(counted -> new Late(counted.readings(), counted.lastMs()));
    }
}
