package io.sluice.protocol;

import io.sluice.telemetry.Rejection;

/**
 * The frames that the server sends, one object with one key each (device protocol section 2), in the encoding that the
 * subprotocol chose. JSON goes into text frames, CBOR into binary ones.
 */
public final class ServerFrames {
    private final Encoding encoding;

    public ServerFrames(Encoding encoding) {
        this.encoding = encoding;
    }

    public Encoding encoding() {
        return encoding;
    }

    /**
     * @param next the number of the first data message of this connection
     * @param timeMs the server's clock, ms since 1970
     */
    public byte[] welcome(String device, String session, String epoch, long next, Limits limits, long timeMs) {
        return FrameWriter.of(encoding)
                .object(1)
                .key("welcome")
                .object(9)
                .key("device")
                .text(device)
                .key("session")
                .text(session)
                .key("epoch")
                .text(epoch)
                .key("next")
                .integer(next)
                .key("window")
                .integer(limits.window())
                .key("maxMessageBytes")
                .integer(limits.maxMessageBytes())
                .key("maxRecords")
                .integer(limits.maxRecords())
                .key("heartbeatSeconds")
                .integer(limits.heartbeatSeconds())
                .key("time")
                .seconds(timeMs)
                .endObject()
                .endObject()
                .toBytes();
    }

    /** @param seq every message of this connection up to and including it is durable */
    public byte[] ack(long seq) {
        return FrameWriter.of(encoding)
                .object(1)
                .key("ack")
                .integer(seq)
                .endObject()
                .toBytes();
    }

    public byte[] reject(long seq, Rejection rejection) {
        boolean whole = rejection.wholeMessage();
        FrameWriter writer = FrameWriter.of(encoding)
                .object(1)
                .key("reject")
                .object(whole ? 3 : 4)
                .key("seq")
                .integer(seq)
                .key("code")
                .text(rejection.code().wireName())
                .key("detail")
                .text(rejection.detail());
        if (!whole) {
            writer.key("records")
                    .integers(rejection.records(), rejection.records().size());
        }
        return writer.endObject().endObject().toBytes();
    }

    public byte[] slowdown(long retryAfterMs) {
        return FrameWriter.of(encoding)
                .object(1)
                .key("slowdown")
                .object(1)
                .key("retryAfterMs")
                .integer(retryAfterMs)
                .endObject()
                .endObject()
                .toBytes();
    }

    public byte[] goaway(String reason, long reconnectAfterMs) {
        return FrameWriter.of(encoding)
                .object(1)
                .key("goaway")
                .object(2)
                .key("reason")
                .text(reason)
                .key("reconnectAfterMs")
                .integer(reconnectAfterMs)
                .endObject()
                .endObject()
                .toBytes();
    }

    public byte[] error(ControlFrame answer) {
        return FrameWriter.of(encoding)
                .object(1)
                .key("error")
                .object(2)
                .key("code")
                .text(answer.wireName())
                .key("detail")
                .text(answer.detail())
                .endObject()
                .endObject()
                .toBytes();
    }
}
