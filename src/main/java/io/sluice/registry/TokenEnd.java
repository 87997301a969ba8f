package io.sluice.registry;

/** Why a token is none any more; decides the close code of connections that it opened (device protocol section 5). */
public enum TokenEnd {
    /** Replaced, its grace over, or its device deleted: 4501. */
    REVOKED,
    /** Its own planned end: 4401. */
    EXPIRED
}
