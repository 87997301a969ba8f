package io.sluice.ingest;

import java.util.Locale;

/** Why a request to {@code /ingest} is refused, as the metrics tell it: the status alone leaves too much open. */
enum RefusalReason {
    NO_INGEST_ROLE,
    METHOD,
    MALFORMED,
    NO_UPGRADE,
    SUBPROTOCOL,
    CREDENTIAL,
    DISABLED,
    DEVICE_ATTEMPTS,
    ADDRESS_ATTEMPTS,
    DRAINING,
    NOT_READY,
    BYTES_IN_FLIGHT,
    CONNECTIONS,
    CONTENT_TYPE,
    NUMBERS,
    RATE,
    TOO_LARGE,
    MESSAGE,
    KAFKA_SILENT;

    /** Value of the metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
