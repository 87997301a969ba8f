package io.sluice.live;

/** How updates that a client is too slow for are treated (operator protocol section 1). */
enum Mode {
    /** Per key only the newest is sent; a slow client skips the rest and stays connected. */
    LATEST,
    /** Every final window is sent; a client too slow for that is disconnected. */
    ALL
}
