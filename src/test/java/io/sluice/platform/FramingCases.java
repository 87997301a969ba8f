package io.sluice.platform;

import static io.sluice.platform.Frame.BINARY;
import static io.sluice.platform.Frame.PING;
import static io.sluice.platform.Frame.PONG;
import static io.sluice.platform.Frame.TEXT;
import static io.sluice.platform.Frame.ping;
import static io.sluice.platform.Frame.pong;
import static io.sluice.platform.Frame.text;
import static io.sluice.platform.WirePeer.repeat;

import java.util.HexFormat;
import java.util.stream.Stream;

/** Autobahn's groups 1 to 4, by its numbers: lengths, pings, reserved bits, opcodes. */
final class FramingCases {
    private static final Frame HELLO = text("Hello, world!");
    private static final Frame OCTETS = Frame.of(BINARY, HexFormat.of().parseHex("00fffefdfcfb00ff"));
    private static final Frame EMPTY_PING = ping("");

    private FramingCases() {}

    static Stream<WireCase> all() {
        return Stream.of(lengths(), pings(), reservedBits(), opcodes()).flatMap(rows -> rows);
    }

    private static Stream<WireCase> lengths() {
        int[] lengths = {0, 125, 126, 127, 128, 65_535, 65_536, 65_536};
        Stream.Builder<WireCase> rows = Stream.builder();
        for (int i = 0; i < lengths.length; i++) {
            int pieces = i == 7 ? 997 : Integer.MAX_VALUE;
            String what = " of " + lengths[i] + (i == 7 ? ", in pieces of 997" : "");
            rows.add(WireCase.of("1.1." + (i + 1) + " text" + what)
                    .inPieces(pieces)
                    .echoes(Frame.of(TEXT, repeat('*', lengths[i])))
                    .closes());
            rows.add(WireCase.of("1.2." + (i + 1) + " binary" + what)
                    .inPieces(pieces)
                    .echoes(Frame.of(BINARY, repeat(0xfe, lengths[i])))
                    .closes());
        }
        return rows.build();
    }

    private static Stream<WireCase> pings() {
        byte[] octets = OCTETS.payload();
        byte[] longest = repeat(0xfe, 125);
        Frame unasked = pong("unsolicited pong payload");
        WireCase ten = WireCase.of("2.10 ten pings");
        WireCase tenInOctets = WireCase.of("2.11 ten pings, octet by octet").inPieces(1);
        for (int i = 0; i < 10; i++) {
            ten.send(ping("payload-" + i)).answers(pong("payload-" + i));
            tenInOctets.send(ping("payload-" + i)).answers(pong("payload-" + i));
        }
        return Stream.of(
                WireCase.of("2.1 ping without payload")
                        .send(EMPTY_PING)
                        .answers(pong(""))
                        .closes(),
                WireCase.of("2.2 ping with text")
                        .send(ping("Hello, world!"))
                        .answers(pong("Hello, world!"))
                        .closes(),
                WireCase.of("2.3 ping with octets that are no text")
                        .send(Frame.of(PING, octets))
                        .answers(Frame.of(PONG, octets))
                        .closes(),
                WireCase.of("2.4 ping of 125")
                        .send(Frame.of(PING, longest))
                        .answers(Frame.of(PONG, longest))
                        .closes(),
                WireCase.of("2.5 ping of 126")
                        .send(Frame.of(PING, repeat(0xfe, 126)))
                        .fails(1002),
                WireCase.of("2.6 ping of 125, octet by octet")
                        .inPieces(1)
                        .send(Frame.of(PING, longest))
                        .answers(Frame.of(PONG, longest))
                        .closes(),
                WireCase.of("2.7 pong that nobody asked for, empty")
                        .send(pong(""))
                        .closes(),
                WireCase.of("2.8 pong that nobody asked for").send(unasked).closes(),
                WireCase.of("2.9 pong that nobody asked for, then a ping")
                        .send(unasked, ping("ping payload"))
                        .answers(pong("ping payload"))
                        .closes(),
                ten.closes(),
                tenInOctets.closes());
    }

    private static Stream<WireCase> reservedBits() {
        return Stream.of(
                WireCase.of("3.1 RSV 1").send(HELLO.withRsv(1)).fails(1002),
                WireCase.of("3.2 RSV 2 after a message")
                        .echoes(HELLO)
                        .send(HELLO.withRsv(2), EMPTY_PING)
                        .fails(1002),
                WireCase.of("3.3 RSV 3 after a message, frame by frame")
                        .echoes(HELLO)
                        .then()
                        .send(HELLO.withRsv(3), EMPTY_PING)
                        .fails(1002),
                WireCase.of("3.4 RSV 4 after a message, octet by octet")
                        .inPieces(1)
                        .echoes(HELLO)
                        .send(HELLO.withRsv(4), EMPTY_PING)
                        .fails(1002),
                WireCase.of("3.5 RSV 5, binary").send(OCTETS.withRsv(5)).fails(1002),
                WireCase.of("3.6 RSV 6, ping")
                        .send(ping("Hello, world!").withRsv(6))
                        .fails(1002),
                WireCase.of("3.7 RSV 7, close")
                        .send(Frame.of(Frame.CLOSE, "").withRsv(7))
                        .fails(1002));
    }

    private static Stream<WireCase> opcodes() {
        Stream.Builder<WireCase> rows = Stream.builder();
        for (int first : new int[] {3, 11}) {
            String group = first == 3 ? "4.1." : "4.2.";
            rows.add(WireCase.of(group + "1 opcode " + first)
                    .send(Frame.of(first, ""))
                    .fails(1002));
            rows.add(WireCase.of(group + "2 opcode " + (first + 1) + " with payload")
                    .send(Frame.of(first + 1, "reserved opcode payload"))
                    .fails(1002));
            rows.add(WireCase.of(group + "3 opcode " + (first + 2) + " after a message")
                    .echoes(HELLO)
                    .send(Frame.of(first + 2, ""), EMPTY_PING)
                    .fails(1002));
            rows.add(WireCase.of(group + "4 opcode " + (first + 3) + " with payload after a message")
                    .echoes(HELLO)
                    .send(Frame.of(first + 3, HELLO.payload()), EMPTY_PING)
                    .fails(1002));
            rows.add(WireCase.of(group + "5 opcode " + (first + 4) + " with payload after a message, octet by octet")
                    .inPieces(1)
                    .echoes(HELLO)
                    .send(Frame.of(first + 4, HELLO.payload()), EMPTY_PING)
                    .fails(1002));
        }
        return rows.build();
    }
}
