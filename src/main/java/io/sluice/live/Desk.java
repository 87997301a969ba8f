package io.sluice.live;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What all sessions of an instance share.
 *
 * @param clock ms since 1970
 */
record Desk(
        LiveConfig config,
        Map<Channel, Board> boards,
        Map<Channel, Rereader> rereaders,
        Pulse pulse,
        Pages pages,
        ClientFrameParser parser,
        DeliveryMeter meter,
        LongSupplier clock) {

    Rereader rereader(Channel channel) {
        return rereaders.getOrDefault(channel, Rereader.NONE);
    }

    Board board(Channel channel) {
        Board board = boards.get(channel);
        if (board == null) {
            throw new IllegalStateException("no board for " + channel);
        }
        return board;
    }
}
