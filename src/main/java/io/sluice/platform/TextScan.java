package io.sluice.platform;

import io.netty.buffer.ByteBuf;

/**
 * Follows a client's frames through their octets, ahead of the decoder, to find where text stops being UTF-8: the decoder
 * hands on whole frames, and a peer may take its time over one, but bad text has to fail at once. Whatever else can be
 * wrong with a frame is the decoder's to find, so this only must not lose its way in what the decoder accepts.
 */
final class TextScan {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int FIRST_CONTROL = 8;
    private static final int SHORT_HEADER = 6;

    private final Utf8Check utf8 = new Utf8Check();
    /** Octets seen of the header; all of it where {@code headerSize} is reached. */
    private int header;

    private int headerSize = SHORT_HEADER;
    private boolean last;
    private int opcode;
    private int mask;
    /** Octets to come of the payload. */
    private long left;
    /** Whether the message that is open, or was the last, is text. */
    private boolean text;

    /** Whether a frame has begun and not ended. */
    boolean isWithinFrame() {
        return header > 0;
    }

    /** @return how many of the octets are good; all are where none makes text invalid */
    int scan(ByteBuf octets) {
        int start = octets.readerIndex();
        int end = octets.writerIndex();
        int at = start;
        while (at < end) {
            if (header < headerSize) {
                header(octets.getByte(at++) & 0xff);
            } else {
                int stop = at + (int) Math.min(end - at, left);
                if (isText()) {
                    int bad = utf8.firstBad(octets, at, stop, mask);
                    if (bad < stop) {
                        return bad - start;
                    }
                }
                mask = Integer.rotateLeft(mask, 8 * (stop - at));
                left -= stop - at;
                at = stop;
            }
            if (header == headerSize && left == 0) {
                if (last && isText() && !utf8.isComplete()) {
                    return at - 1 - start;
                }
                header = 0;
                headerSize = SHORT_HEADER;
            }
        }
        return end - start;
    }

    private void header(int octet) {
        if (header == 0) {
            last = (octet & 0x80) != 0;
            opcode = octet & 0x0f;
        } else if (header == 1) {
            int length = octet & 0x7f;
            int more = length == 126 ? Short.BYTES : length == 127 ? Long.BYTES : 0;
            headerSize = SHORT_HEADER + more;
            left = more == 0 ? length : 0;
        } else if (header < headerSize - Integer.BYTES) {
            // Without the top bit: a length that has it is refused by the decoder, but not yet.
            left = (left << 8 | octet) & Long.MAX_VALUE;
        } else {
            mask = mask << 8 | octet;
        }
        header++;
        if (header == headerSize && (opcode == TEXT || opcode == BINARY)) {
            text = opcode == TEXT;
            utf8.reset();
        }
    }

    private boolean isText() {
        return text && opcode < FIRST_CONTROL;
    }
}
