package io.sluice.live;

import java.util.ArrayList;
import java.util.List;

/** All series of one device or group, so that a subscription to few names does not look at the others' changes. */
final class Source {
    final ChangeLog changes = new ChangeLog(48);
    final List<Series> series = new ArrayList<>(4);
}
