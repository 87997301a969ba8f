package io.sluice.sim.firmware;

/** Is told what a device's firmware does, for counting and for filling the room that acknowledgements make. */
public interface FirmwareObserver {

    /** A connection was welcomed. */
    void online(boolean again);

    /** A connection ended, whether or not it had been welcomed. */
    void offline(int closeCode);

    /** The handshake was answered with that status instead of an upgrade. */
    void refused(int status);

    /** Nobody answered the handshake. */
    void unreachable(String why);

    void sent(Message message, boolean again);

    /** @param nanos since it was last sent */
    void acknowledged(long number, Message message, long nanos);

    /** @param records how many of the message's records */
    void rejected(long number, String code, String detail, int records);

    /** Given up: the server can never accept it. */
    void dropped(Message message, String why);

    void slowedDown(long millis);

    void goingAway(long millis);

    /** The server did what its protocol does not allow or this device does not understand. */
    void oddity(String what);

    /** Acknowledgements made room in the buffer. */
    void room();
}
