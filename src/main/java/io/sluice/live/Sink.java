package io.sluice.live;

/** Where a session's frames go: a WebSocket or an event stream. Calls never block and may come from any thread. */
interface Sink {
    /** @param done called once when the kernel took the whole frame, or when that can no longer happen */
    void send(Frame frame, Runnable done);

    /** @param done as in {@link #send} */
    void ping(Runnable done);

    /** Whether a reading peer answers pings, so that silence means that it is gone. */
    boolean answersPings();

    /** Once a second: looks at its own clocks. */
    default void tick() {}

    void close(CloseCode code);
}
