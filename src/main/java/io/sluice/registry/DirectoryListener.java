package io.sluice.registry;

/**
 * Hears what changes in the directory of this instance, whichever instance made the change. Every bean of this type is
 * called, on the directory's own thread, after the directory answers by the new state; it must not block.
 */
public interface DirectoryListener {
    /** Group, profile (its rules too) or enabled are others now; {@code entry.enabled()} false: close with 4503. */
    default void deviceChanged(DirectoryEntry entry) {}

    /** There is a device of this name now, where there was none; also for each that the first load finds. */
    default void deviceAdded(String device) {}

    /** The device is deleted: close with 4501. */
    default void deviceRemoved(String device) {}

    /**
     * A token that opened connections is dead.
     *
     * @param token {@link Admission.Admitted#token}
     */
    default void tokenEnded(String device, long token, TokenEnd end) {}
}
