package io.sluice.platform;

import static io.sluice.platform.Frame.CONTINUATION;
import static io.sluice.platform.Frame.TEXT;
import static io.sluice.platform.Frame.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Autobahn's group 6, by its numbers: UTF-8 that is right and that is not. Its sequences from 6.5 on, most of them from
 * Markus Kuhn's stress test, come twice: in one frame as there, and with each octet in a fragment of its own.
 */
final class Utf8Cases {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KOSME = HEX.parseHex("cebae1bdb9cf83cebcceb5");
    private static final String MIXED = "Hello-µ@ßöäüàá-UTF-8!!";

    private Utf8Cases() {}

    static Stream<WireCase> all() {
        List<WireCase> rows = new ArrayList<>();
        emptyFragments(rows);
        differentlyFragmented(rows);
        failingFast(rows);
        sequences(rows);
        return rows.stream();
    }

    private static void emptyFragments(List<WireCase> rows) {
        Frame empty = text("");
        rows.add(WireCase.of("6.1.1 empty text").echoes(empty).closes());
        rows.add(WireCase.of("6.1.2 text in three empty fragments")
                .send(empty.open(), part("").open(), part(""))
                .answers(empty)
                .closes());
        rows.add(WireCase.of("6.1.3 text in three fragments, only the middle one not empty")
                .send(empty.open(), part("middle frame payload").open(), part(""))
                .answers(text("middle frame payload"))
                .closes());
    }

    private static void differentlyFragmented(List<WireCase> rows) {
        byte[] surrogate = HEX.parseHex("cebae1bdb9cf83cebcceb5eda080656469746564");
        rows.add(WireCase.of("6.2.1 valid text").echoes(text(MIXED)).closes());
        rows.add(WireCase.of("6.2.2 valid text, cut between characters")
                .send(text("Hello-µ@ßöä").open(), part("üàá-UTF-8!!"))
                .answers(text(MIXED))
                .closes());
        rows.add(octetByOctet("6.2.3 valid text", text(MIXED).payload())
                .answers(text(MIXED))
                .closes());
        rows.add(octetByOctet("6.2.4 valid text of 2 and 3 octets a character", KOSME)
                .answers(Frame.of(TEXT, KOSME))
                .closes());
        rows.add(WireCase.of("6.3.1 invalid text")
                .send(Frame.of(TEXT, surrogate))
                .fails(1007));
        rows.add(octetByOctet("6.3.2 invalid text", surrogate).fails(1007));
    }

    /** What makes the text invalid is the last that is sent; the rest of the message never comes. */
    private static void failingFast(List<WireCase> rows) {
        byte[] tooHigh = HEX.parseHex("cebae1bdb9cf83cebcceb5f4908080656469746564");
        int[][] parts = {{11, 15}, {12, 13}};
        for (int i = 0; i < parts.length; i++) {
            int first = parts[i][0];
            int second = parts[i][1];
            String what = i == 0 ? "a character beyond U+10FFFF" : "the octet that leads beyond U+10FFFF";
            rows.add(WireCase.of("6.4." + (1 + i) + " fails at " + what + ", in its fragment")
                    .send(Frame.of(TEXT, Arrays.copyOf(tooHigh, first)).open(), Frame.ping("still open"))
                    .answers(Frame.pong("still open"))
                    .then()
                    .send(Frame.of(CONTINUATION, Arrays.copyOfRange(tooHigh, first, second))
                            .open())
                    .fails(1007));
            byte[] frame = Frame.of(TEXT, tooHigh).octets();
            int header = frame.length - tooHigh.length;
            rows.add(WireCase.of("6.4." + (3 + i) + " fails at " + what + ", in the middle of its frame")
                    .send(Arrays.copyOf(frame, header + first))
                    .send(Arrays.copyOfRange(frame, header + first, header + second))
                    .fails(1007));
        }
    }

    private static void sequences(List<WireCase> rows) {
        int group = 5;
        for (Utf8Sequences.Group sequences : Utf8Sequences.all()) {
            int number = 1;
            for (Utf8Sequences.Sequence sequence : sequences.sequences()) {
                byte[] octets = sequence.octets();
                String name = "6." + group + "." + number++ + " " + sequences.name() + ": " + HEX.formatHex(octets);
                Frame whole = Frame.of(TEXT, octets);
                WireCase unfragmented = WireCase.of(name).send(whole);
                WireCase fragmented = octetByOctet(name, octets);
                if (sequence.valid()) {
                    rows.add(unfragmented.answers(whole).closes());
                    rows.add(fragmented.answers(whole).closes());
                } else {
                    rows.add(unfragmented.fails(1007));
                    rows.add(fragmented.fails(1007));
                }
            }
            group++;
        }
    }

    private static WireCase octetByOctet(String name, byte[] text) {
        WireCase row = WireCase.of(name + ", each octet a fragment");
        for (int i = 0; i < text.length; i++) {
            Frame frame = Frame.of(i == 0 ? TEXT : CONTINUATION, new byte[] {text[i]});
            row.send(i < text.length - 1 ? frame.open() : frame);
        }
        return row;
    }

    private static Frame part(String payload) {
        return Frame.of(CONTINUATION, payload);
    }
}
