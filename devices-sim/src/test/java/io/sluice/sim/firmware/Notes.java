package io.sluice.sim.firmware;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class Notes implements FirmwareObserver {
    final List<String> all = new ArrayList<>();
    int rooms;

    @Override
    public void online(boolean again) {
        all.add(again ? "online again" : "online");
    }

    @Override
    public void offline(int closeCode) {
        all.add("offline " + closeCode);
    }

    @Override
    public void refused(int status) {
        all.add("refused " + status);
    }

    @Override
    public void unreachable(String why) {
        all.add("unreachable");
    }

    @Override
    public void sent(Message message, boolean again) {
        all.add((again ? "resent " : "sent ") + text(message));
    }

    @Override
    public void acknowledged(long number, Message message, long nanos) {
        all.add("acked " + number + " " + text(message) + " " + nanos / 1_000_000);
    }

    @Override
    public void rejected(long number, String code, String detail, int records) {
        all.add("rejected " + number + " " + code + " " + records);
    }

    @Override
    public void dropped(Message message, String why) {
        all.add("dropped " + text(message));
    }

    @Override
    public void slowedDown(long millis) {
        all.add("slowdown " + millis);
    }

    @Override
    public void goingAway(long millis) {
        all.add("goaway " + millis);
    }

    @Override
    public void oddity(String what) {
        all.add("odd: " + what);
    }

    @Override
    public void room() {
        rooms++;
    }

    private static String text(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
