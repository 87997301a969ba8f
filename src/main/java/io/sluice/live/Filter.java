package io.sluice.live;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items a subscription wants; null means all.
 *
 * <p>Devices and groups are a union: an item is wanted when its device is named or its group is. Where only one of the two
 * is given, the other one names nothing, so {@code devices:["pump-7"]} does not bring every group along; an empty list
 * given alone ({@code devices:[]}) leaves all of the other kind.
 *
 * <p>The hash is kept, because filters are the key of what is shared between subscriptions and may hold 1,000 names.
 */
final class Filter {
    private final @Nullable Set<String> devices;
    private final @Nullable Set<String> groups;
    private final @Nullable Set<String> metrics;
    private final @Nullable String window;
    private final int hash;

    Filter(
            @Nullable Set<String> devices,
            @Nullable Set<String> groups,
            @Nullable Set<String> metrics,
            @Nullable String window) {
        boolean onlyDevices = devices != null && !devices.isEmpty() && groups == null;
        boolean onlyGroups = groups != null && !groups.isEmpty() && devices == null;
        this.devices = onlyGroups ? Set.of() : copy(devices);
        this.groups = onlyDevices ? Set.of() : copy(groups);
        this.metrics = copy(metrics);
        this.window = window;
        hash = ((hash(this.devices) * 31 + hash(this.groups)) * 31 + hash(this.metrics)) * 31 + hash(window);
    }

    private static @Nullable Set<String> copy(@Nullable Set<String> names) {
        return names == null ? null : Set.copyOf(names);
    }

    private static int hash(@Nullable Object part) {
        return part == null ? 7 : part.hashCode();
    }

    static Filter all() {
        return new Filter(null, null, null, null);
    }

    boolean matches(SeriesKey key) {
        if (window != null && !window.equals(key.window())) {
            return false;
        }
        if (metrics != null && !metrics.contains(key.metric())) {
            return false;
        }
        String device = key.device();
        String group = key.group();
        return (device != null && (devices == null || devices.contains(device)))
                || (group != null && (groups == null || groups.contains(group)))
                || (devices == null && groups == null);
    }

    /** The devices named; null where all are wanted. */
    @Nullable
    Set<String> devices() {
        return devices;
    }

    /** The groups named; null where all are wanted. */
    @Nullable
    Set<String> groups() {
        return groups;
    }

    @Nullable
    String window() {
        return window;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Filter f
                        && hash == f.hash
                        && Objects.equals(devices, f.devices)
                        && Objects.equals(groups, f.groups)
                        && Objects.equals(metrics, f.metrics)
                        && Objects.equals(window, f.window));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
