package io.sluice.platform;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table: what a client sends, what it has to get back, and how the connection ends. Answers are checked in
 * their order, but only awaited where a client has to see one before it goes on.
 */
final class WireCase {
    /** Written as it stands, or in pieces of so many octets. */
    record Sent(byte[] octets, int pieces) {}

    /** @param answers what has to come before anything more is sent */
    record Step(List<Sent> sends, List<Frame> answers) {}

    private static final int NO_CODE = -1;

    private final String name;
    private final List<Step> steps = new ArrayList<>();
    private int pieces = Integer.MAX_VALUE;
    private int closeCode;
    private boolean atOnce;

    private WireCase(String name) {
        this.name = name;
        begin();
    }

    static WireCase of(String name) {
        return new WireCase(name);
    }

    /** From here on nothing is written in pieces larger than this. */
    WireCase inPieces(int octets) {
        pieces = octets;
        return this;
    }

    /** Every step in one write. */
    WireCase atOnce() {
        atOnce = true;
        return this;
    }

    WireCase send(Frame... frames) {
        for (Frame frame : frames) {
            send(frame.octets());
        }
        return this;
    }

    WireCase send(byte[] octets) {
        last().sends().add(new Sent(octets, pieces));
        return this;
    }

    WireCase answers(Frame... frames) {
        last().answers().addAll(List.of(frames));
        return this;
    }

    WireCase echoes(Frame... frames) {
        return send(frames).answers(frames);
    }

    /** What was said to be answered is read before the next is sent. */
    WireCase then() {
        begin();
        return this;
    }

    /** The client closes, and the server echoes its code. */
    WireCase closes() {
        return send(Frame.close(1000)).closed(1000);
    }

    /** A close frame was sent, and its code is echoed. */
    WireCase closed(int code) {
        closeCode = code;
        return this;
    }

    WireCase closedWithoutCode() {
        return closed(NO_CODE);
    }

    /** The server has to fail the connection. */
    WireCase fails(int code) {
        return closed(code);
    }

    List<Step> steps() {
        return steps;
    }

    int closeCode() {
        return closeCode;
    }

    boolean isAtOnce() {
        return atOnce;
    }

    int size() {
        return steps.stream()
                .flatMap(step -> step.sends().stream())
                .mapToInt(sent -> sent.octets().length)
                .sum();
    }

    private void begin() {
        steps.add(new Step(new ArrayList<>(), new ArrayList<>()));
    }

    private Step last() {
        return steps.get(steps.size() - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
