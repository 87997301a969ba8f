package io.sluice.registry;

/** What the directory says of a credential. */
public sealed interface Admission {
    /** Where no token opened the connection but a client certificate. */
    long NO_TOKEN = 0;

    /**
     * @param token which of the device's tokens it was, as {@link DirectoryListener#tokenEnded} names it; or
     *     {@link #NO_TOKEN}
     * @param endsAt ms since 1970 at which the credential ends without the directory's word, as a certificate does;
     *     {@link Long#MAX_VALUE} where it does not
     */
    record Admitted(DirectoryEntry entry, long token, long endsAt) implements Admission {
        public Admitted(DirectoryEntry entry, long token) {
            this(entry, token, Long.MAX_VALUE);
        }
    }

    /** The credential is right and the device is switched off (403). */
    record Disabled(DirectoryEntry entry) implements Admission {}

    /** Unknown device or token, or a token of another device (401). */
    record Refused() implements Admission {}
}
