package io.sluice.bench;

import io.netty.buffer.ByteBuf;

/** What a device says, one WebSocket frame a message. */
interface Frames {
    /**
     * @param number of the message, from 1 on
     * @param dueNanos when it was to be sent, by {@link System#nanoTime()}
     */
    ByteBuf frame(long number, long dueNanos);
}
