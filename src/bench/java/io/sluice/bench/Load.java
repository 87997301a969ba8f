package io.sluice.bench;

import java.util.Locale;

/** What a fleet sends: a closed loop per connection, always as many messages in flight as stand here. */
enum Load {
    /** As fleets behave: one reading a message, the next when the last is acknowledged. */
    W1(500, 1, 1, false),
    /** As a gateway behaves that sends what has piled up. */
    S10(100, 8, 10, false),
    /** The same in CBOR, which the references do not read. */
    C10(100, 8, 10, true);

    final int connections;
    final int inFlight;
    final int readings;
    final boolean isCbor;

    Load(int connections, int inFlight, int readings, boolean isCbor) {
        this.connections = connections;
        this.inFlight = inFlight;
        this.readings = readings;
        this.isCbor = isCbor;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String device(int i) {
        return label() + "-" + i;
    }
}
