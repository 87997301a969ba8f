package io.sluice.registry;

import org.jspecify.annotations.Nullable;

/**
 * Devices, their credentials and profiles in memory: what a handshake and the rules ask, never waiting for a database.
 * Thread-safe.
 */
public interface Directory {
    /** Whether it was loaded once; before that every handshake is answered 503. */
    boolean isLoaded();

    @Nullable
    DirectoryEntry find(String device);

    /** Judges {@code Basic} credentials in constant time. */
    Admission authenticate(String device, String token);

    /** Judges a {@code Bearer} token, which names its device by itself. */
    Admission authenticate(String token);

    /** Whether the credential with which a device was admitted is still one; a certificate's end is not known here. */
    boolean isLive(String device, long token);

    /** A connection that the token opened was open until now. That it authenticates is noted without this. */
    void used(long token);
}
