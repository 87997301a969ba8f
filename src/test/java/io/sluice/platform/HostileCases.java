package io.sluice.platform;

import static io.sluice.platform.Frame.BINARY;
import static io.sluice.platform.Frame.CLOSE;
import static io.sluice.platform.Frame.CONTINUATION;
import static io.sluice.platform.Frame.TEXT;
import static io.sluice.platform.Frame.close;
import static io.sluice.platform.Frame.ping;
import static io.sluice.platform.Frame.pong;
import static io.sluice.platform.Frame.text;
import static io.sluice.platform.WirePeer.repeat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** What RFC 6455 rules and Autobahn does not ask: masks, lengths, limits, and the order of what goes wrong. */
final class HostileCases {
    private static final HexFormat HEX = HexFormat.of();
    private static final Frame HELLO = text("Hello, world!");
    private static final byte[] NO_MASK = new byte[4];

    private HostileCases() {}

    static Stream<WireCase> all() {
        return Stream.of(masksAndLengths(), limits(), closing(), order()).flatMap(rows -> rows);
    }

    private static Stream<WireCase> masksAndLengths() {
        return Stream.of(
                bad("RFC 5.1 unmasked text", 1002, "810548656c6c6f"),
                bad("RFC 5.1 unmasked empty text", 1002, "8100"),
                bad("RFC 5.1 unmasked ping", 1002, "8900"),
                bad("RFC 5.1 unmasked close", 1002, "880203e8"),
                WireCase.of("RFC 5.3 a mask of zeros")
                        .send(HELLO.octets(NO_MASK, 0))
                        .answers(HELLO)
                        .closes(),
                bad("RFC 5.2 a length of 2 in two octets", 1002, HELLO.octets(NO_MASK, 2)),
                bad("RFC 5.2 a length of 125 in two octets", 1002, HEX.parseHex("81fe007d00000000")),
                bad("RFC 5.2 a length of 2 in eight octets", 1002, HELLO.octets(NO_MASK, 8)),
                bad("RFC 5.2 a length of 65535 in eight octets", 1002, HEX.parseHex("82ff000000000000ffff00000000")),
                bad("RFC 5.2 a length with the top bit", 1002, HEX.parseHex("82ff800000000000000000000000")),
                bad("RFC 5.2 a length of all bits", 1002, HEX.parseHex("82ffffffffffffffffff00000000")),
                bad("RFC 5.5 a fragmented close", 1002, close(1000).open().octets()),
                bad("RFC 5.5 a fragmented empty ping", 1002, ping("").open().octets()),
                bad("RFC 5.5 a ping with a length in two octets", 1002, HEX.parseHex("89fe000100000000")),
                bad("RFC 5.5 a ping with a length in eight octets", 1002, HEX.parseHex("89ff000000000000000100000000")),
                bad("RFC 5.4 binary within a text", 1002, HEX.parseHex("0180000000008280000000008a8000000000")));
    }

    /** The header alone is enough: no payload of what is too big is ever sent. */
    private static Stream<WireCase> limits() {
        int max = EchoServer.MAX_MESSAGE;
        Frame half = Frame.of(BINARY, repeat(7, max / 2));
        Frame otherHalf = Frame.of(CONTINUATION, repeat(7, max / 2));
        Frame whole = Frame.of(BINARY, repeat(7, max));
        return Stream.of(
                WireCase.of("limit: exactly in one frame").echoes(whole).closes(),
                WireCase.of("limit: exactly in two fragments and an empty one")
                        .send(half.open(), otherHalf.open(), Frame.of(CONTINUATION, ""))
                        .answers(whole)
                        .closes(),
                WireCase.of("limit: exactly, again and again")
                        .echoes(whole, whole)
                        .then()
                        .echoes(HELLO, whole)
                        .closes(),
                bad("limit: a frame claims one octet more", 1009, HEX.parseHex("82ff000000000001000100000000")),
                bad("limit: a frame claims 2^31", 1009, HEX.parseHex("82ff000000008000000000000000")),
                bad("limit: a frame claims 2^63 - 1", 1009, HEX.parseHex("81ff7fffffffffffffff00000000")),
                WireCase.of("limit: a fragment claims 2^62 after a message")
                        .echoes(HELLO)
                        .send(half.open())
                        .send(HEX.parseHex("00ff400000000000000000000000"))
                        .fails(1009),
                WireCase.of("limit: one octet more in the last fragment")
                        .send(half.open(), otherHalf.open(), Frame.of(CONTINUATION, "x"))
                        .fails(1009),
                WireCase.of("limit: one octet more in a fragment that is not the last")
                        .send(
                                half.open(),
                                otherHalf.open(),
                                Frame.of(CONTINUATION, "x").open())
                        .fails(1009),
                WireCase.of("limit: more, and what follows is dropped")
                        .echoes(HELLO)
                        .send(half.open(), otherHalf.open(), half, HELLO, ping("no"), close(1000))
                        .fails(1002));
    }

    private static Stream<WireCase> closing() {
        Stream.Builder<WireCase> rows = Stream.builder();
        // Registered since Autobahn made its list.
        for (int code : new int[] {1012, 1013, 1014}) {
            rows.add(WireCase.of("RFC 7.4 close with " + code).send(close(code)).closed(code));
        }
        rows.add(WireCase.of("RFC 7.4 close with 1015").send(close(1015)).fails(1002));
        rows.add(WireCase.of("RFC 7.4 close with 32768").send(close(32_768)).fails(1002));
        rows.add(WireCase.of("RFC 5.5.1 a reason cut within a character")
                .send(close(1000, HEX.parseHex("48e282")))
                .fails(1007));
        rows.add(WireCase.of("RFC 5.5.1 a reason beyond ASCII")
                .send(close(1000, "auf Wiedersehen, schöne Brücke"))
                .closed(1000));
        rows.add(WireCase.of("RFC 5.5.1 a close within a text cut within a character")
                .send(Frame.of(TEXT, HEX.parseHex("e2")).open(), close(1001))
                .closed(1001));
        rows.add(WireCase.of("RFC 5.5.1 much more after the close")
                .send(close(1001))
                .send(repeat(0xff, 300_000))
                .closed(1001));
        rows.add(WireCase.of("RFC 7.1.7 much more after a violation")
                .send(HEX.parseHex("ff80"))
                .send(repeat(0xff, 300_000))
                .fails(1002));
        rows.add(WireCase.of("RFC 7.1.7 a close after a violation")
                .send(HELLO.withRsv(1), Frame.of(CLOSE, ""))
                .fails(1002));
        return rows.build();
    }

    /** Of two violations the first counts, and all that came before it is answered. */
    private static Stream<WireCase> order() {
        Frame invalid = Frame.of(TEXT, HEX.parseHex("48ff"));
        Frame[] many = new Frame[100];
        Arrays.setAll(many, i -> text("message " + i));
        return Stream.of(
                WireCase.of("order: a hundred messages, then invalid text, then reserved bits")
                        .echoes(many)
                        .send(invalid, HELLO.withRsv(1))
                        .fails(1007),
                WireCase.of("order: a hundred messages, then reserved bits, then invalid text")
                        .echoes(many)
                        .send(HELLO.withRsv(1), invalid)
                        .fails(1002),
                WireCase.of("order: invalid text in a frame with reserved bits")
                        .echoes(HELLO)
                        .send(invalid.withRsv(4))
                        .fails(1002),
                WireCase.of("order: invalid text in a frame out of order")
                        .send(text("a").open(), invalid)
                        .fails(1002),
                WireCase.of("order: invalid text in a frame that is too big")
                        .send(HEX.parseHex("81ff000000000001000100000000"))
                        .send(repeat(0xff, 1_000))
                        .fails(1009),
                WireCase.of("order: octets that are no text, in a ping and a binary message between texts")
                        .send(text("a").open())
                        .send(Frame.of(Frame.PING, HEX.parseHex("ff")), Frame.of(CONTINUATION, "b"))
                        .answers(Frame.of(Frame.PONG, HEX.parseHex("ff")), text("ab"))
                        .then()
                        .echoes(Frame.of(BINARY, HEX.parseHex("ffc0")), text("µ"))
                        .closes(),
                WireCase.of("order: binary in fragments that are no text")
                        .send(Frame.of(BINARY, HEX.parseHex("e2")).open(), ping(""))
                        .answers(pong(""))
                        .then()
                        .send(Frame.of(CONTINUATION, HEX.parseHex("ff")))
                        .answers(Frame.of(BINARY, HEX.parseHex("e2ff")))
                        .closes(),
                WireCase.of("order: invalid text after a message cut within a character, in a new one")
                        .send(Frame.of(TEXT, HEX.parseHex("c2")).open(), Frame.of(CONTINUATION, HEX.parseHex("a2")))
                        .answers(text("¢"))
                        .send(Frame.of(TEXT, HEX.parseHex("a2")))
                        .fails(1007));
    }

    private static WireCase bad(String name, int code, String octets) {
        return bad(name, code, HEX.parseHex(octets));
    }

    private static WireCase bad(String name, int code, byte[] octets) {
        return WireCase.of(name).echoes(HELLO).send(octets).fails(code);
    }
}
