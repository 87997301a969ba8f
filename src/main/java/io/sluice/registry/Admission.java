package io.sluice.registry;

/** What the directory says of a credential. */
public sealed interface Admission {
    record Admitted(DirectoryEntry entry) implements Admission {}

    /** The credential is right and the device is switched off (403). */
    record Disabled(DirectoryEntry entry) implements Admission {}

    /** Unknown device or token, or a token of another device (401). */
    record Refused() implements Admission {}
}
