package io.sluice.sim.firmware;

import java.util.ArrayList;
import java.util.List;

/** A transport whose other end is the test. */
final class FakeTransport implements Transport {
    final List<FakeLink> links = new ArrayList<>();

    static final class FakeLink implements Link {
        final Opening opening;
        final LinkEvents events;
        final List<Message> sent = new ArrayList<>();
        boolean writable = true;
        int closedWith;

        FakeLink(Opening opening, LinkEvents events) {
            this.opening = opening;
            this.events = events;
        }

        @Override
        public void send(Message message) {
            sent.add(message);
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void close(int code) {
            closedWith = code;
        }

        /** Answers the handshake and greets, with that window. */
        FakeLink welcome(int window) {
            events.opened();
            text("{'welcome':{'device':'%s','session':'s','epoch':'%s','next':%d,'window':%d,'maxMessageBytes':100,"
                            .formatted(opening.device(), opening.epoch(), opening.next(), window)
                    + "'maxRecords':1000,'heartbeatSeconds':25,'time':1763632800.123}}");
            return this;
        }

        /** A text frame, with ' for ". */
        void text(String frame) {
            events.heard();
            events.text(frame.replace('\'', '"'));
        }

        void ack(long number) {
            text("{'ack':" + number + "}");
        }
    }

    @Override
    public Link open(Opening opening, LinkEvents events) {
        FakeLink link = new FakeLink(opening, events);
        links.add(link);
        return link;
    }

    FakeLink last() {
        return links.get(links.size() - 1);
    }
}
