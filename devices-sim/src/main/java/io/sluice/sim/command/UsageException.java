package io.sluice.sim.command;

/** The command cannot be carried out as given; the message tells the user why. Exit code 2. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
