package io.sluice.registry;

import io.sluice.telemetry.Profile;
import org.jspecify.annotations.Nullable;

/** A device as the message path sees it. */
public record DirectoryEntry(String device, @Nullable String group, Profile profile, boolean enabled) {}
