package io.sluice.platform;

import static io.sluice.platform.Frame.CLOSE;
import static io.sluice.platform.Frame.CONTINUATION;
import static io.sluice.platform.Frame.TEXT;
import static io.sluice.platform.Frame.close;
import static io.sluice.platform.Frame.ping;
import static io.sluice.platform.Frame.text;
import static io.sluice.platform.WirePeer.repeat;

import java.util.HexFormat;
import java.util.stream.Stream;

/** Autobahn's group 7, by its numbers: close frames, their codes and reasons, and what comes after them. */
final class ClosingCases {
    private static final Frame HELLO = text("Hello World!");
    private static final int[] VALID = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999};
    private static final int[] INVALID = {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999};

    private ClosingCases() {}

    static Stream<WireCase> all() {
        return Stream.concat(conversations(), codes());
    }

    private static Stream<WireCase> conversations() {
        Frame large = Frame.of(TEXT, repeat('B', EchoServer.MAX_MESSAGE));
        return Stream.of(
                WireCase.of("7.1.1 a message, then a close").echoes(HELLO).closes(),
                WireCase.of("7.1.2 two closes")
                        .send(close(1000), Frame.of(CLOSE, ""))
                        .closed(1000),
                WireCase.of("7.1.3 a ping after the close")
                        .send(close(1000), ping(""))
                        .closed(1000),
                WireCase.of("7.1.4 a message after the close")
                        .send(close(1000), HELLO)
                        .closed(1000),
                WireCase.of("7.1.5 a close between fragments")
                        .send(text("fragment1").open(), close(1000), Frame.of(CONTINUATION, "fragment2"))
                        .closed(1000),
                // Autobahn's message has 256 KiB, which is over the limit here; the close frame is to come after its
                // echo.
                WireCase.of("7.1.6 the largest message, then a close, then a ping")
                        .echoes(large, HELLO)
                        .send(close(1000), ping(""))
                        .closed(1000),
                WireCase.of("7.1.6 as it is, with 256 KiB")
                        .send(Frame.of(TEXT, repeat('B', 262_144)), HELLO, close(1000), ping(""))
                        .fails(1009),
                WireCase.of("7.3.1 close without payload")
                        .send(Frame.of(CLOSE, ""))
                        .closedWithoutCode(),
                WireCase.of("7.3.2 close of one octet")
                        .send(Frame.of(CLOSE, "a"))
                        .fails(1002),
                WireCase.of("7.3.3 close with a code").send(close(1000)).closed(1000),
                WireCase.of("7.3.4 close with a reason")
                        .send(close(1000, "Hello World!"))
                        .closed(1000),
                WireCase.of("7.3.5 close with the longest reason")
                        .send(close(1000, repeat('*', 123)))
                        .closed(1000),
                WireCase.of("7.3.6 close with a longer reason")
                        .send(close(1000, repeat('*', 124)))
                        .fails(1002),
                WireCase.of("7.5.1 close with a reason that is no UTF-8")
                        .send(close(1000, HexFormat.of().parseHex("cebae1bdb9cf83cebcceb5eda080656469746564")))
                        .fails(1007));
    }

    private static Stream<WireCase> codes() {
        Stream.Builder<WireCase> rows = Stream.builder();
        for (int i = 0; i < VALID.length; i++) {
            rows.add(WireCase.of("7.7." + (i + 1) + " close with " + VALID[i])
                    .send(close(VALID[i]))
                    .closed(VALID[i]));
        }
        for (int i = 0; i < INVALID.length; i++) {
            rows.add(WireCase.of("7.9." + (i + 1) + " close with " + INVALID[i])
                    .send(close(INVALID[i]))
                    .fails(1002));
        }
        // Autobahn leaves these two to the server; no code above 4999 is defined.
        rows.add(WireCase.of("7.13.1 close with 5000").send(close(5000)).fails(1002));
        rows.add(WireCase.of("7.13.2 close with 65535").send(close(65_535)).fails(1002));
        return rows.build();
    }
}
