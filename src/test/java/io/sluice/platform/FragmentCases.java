package io.sluice.platform;

import static io.sluice.platform.Frame.CONTINUATION;
import static io.sluice.platform.Frame.TEXT;
import static io.sluice.platform.Frame.ping;
import static io.sluice.platform.Frame.pong;
import static io.sluice.platform.Frame.text;
import static io.sluice.platform.WirePeer.repeat;

import java.util.stream.Stream;

/** Autobahn's groups 5 and 10, by its numbers: messages in fragments, control frames between them. */
final class FragmentCases {
    private static final Frame HELLO = text("Hello, world!");

    private FragmentCases() {}

    static Stream<WireCase> all() {
        return Stream.concat(inFragments(), autoFragments());
    }

    private static Stream<WireCase> inFragments() {
        Stream.Builder<WireCase> rows = Stream.builder();
        rows.add(WireCase.of("5.1 ping in two fragments")
                .send(ping("fragment1").open(), part("fragment2"))
                .fails(1002));
        rows.add(WireCase.of("5.2 pong in two fragments")
                .send(pong("fragment1").open(), part("fragment2"))
                .fails(1002));
        String[] ways = {", at once", ", frame by frame", ", octet by octet"};
        for (int way = 0; way < ways.length; way++) {
            rows.add(begin("5." + (3 + way) + " text in two fragments" + ways[way], way)
                    .send(text("fragment1").open())
                    .send(part("fragment2"))
                    .answers(text("fragment1fragment2"))
                    .closes());
            rows.add(begin("5." + (6 + way) + " text in two fragments, a ping between" + ways[way], way)
                    .send(text("fragment1").open(), ping("ping payload"), part("fragment2"))
                    .answers(pong("ping payload"), text("fragment1fragment2"))
                    .closes());
            rows.add(begin("5." + (9 + way) + " continuation of nothing, final" + ways[way], way)
                    .send(part("non-continuation payload"), HELLO)
                    .fails(1002));
            rows.add(begin("5." + (12 + way) + " continuation of nothing" + ways[way], way)
                    .send(part("non-continuation payload").open(), HELLO)
                    .fails(1002));
        }
        rows.add(WireCase.of("5.15 continuation of nothing after a message in two fragments")
                .send(text("fragment1").open(), part("fragment2"))
                .answers(text("fragment1fragment2"))
                .send(part("fragment3").open(), text("fragment4"))
                .fails(1002));
        Frame[] pair = {text("fragment2").open(), part("fragment3")};
        rows.add(WireCase.of("5.16 continuation of nothing before a message in two fragments, twice")
                .send(part("fragment1").open())
                .send(pair)
                .send(part("fragment1").open())
                .send(pair)
                .fails(1002));
        rows.add(WireCase.of("5.17 final continuation of nothing before a message in two fragments, twice")
                .send(part("fragment1"))
                .send(pair)
                .send(part("fragment1"))
                .send(pair)
                .fails(1002));
        rows.add(WireCase.of("5.18 text in two fragments, both with the opcode of text")
                .send(text("fragment1").open(), text("fragment2"))
                .fails(1002));
        rows.add(inFiveFragments("5.19 text in five fragments, two pings between, at once", 0));
        rows.add(inFiveFragments("5.20 text in five fragments, two pings between, frame by frame", 1));
        return rows.build();
    }

    private static WireCase inFiveFragments(String name, int way) {
        return begin(name, way)
                .send(text("fragment1").open(), part("fragment2").open(), ping("pongme 1!"))
                .answers(pong("pongme 1!"))
                .then()
                .send(part("fragment3").open(), part("fragment4").open(), ping("pongme 2!"), part("fragment5"))
                .answers(pong("pongme 2!"), text("fragment1fragment2fragment3fragment4fragment5"))
                .closes();
    }

    private static Stream<WireCase> autoFragments() {
        WireCase row = WireCase.of("10.1.1 text of 65536 in fragments of 1300");
        for (int left = 65_536; left > 0; left -= 1300) {
            Frame frame = Frame.of(left == 65_536 ? TEXT : CONTINUATION, repeat('*', Math.min(1300, left)));
            row.send(left > 1300 ? frame.open() : frame);
        }
        return Stream.of(row.answers(Frame.of(TEXT, repeat('*', 65_536))).closes());
    }

    /** In one write, in one for each frame, or octet by octet. */
    private static WireCase begin(String name, int way) {
        WireCase row = WireCase.of(name);
        return way == 0 ? row.atOnce() : way == 2 ? row.inPieces(1) : row;
    }

    private static Frame part(String payload) {
        return Frame.of(CONTINUATION, payload);
    }
}
