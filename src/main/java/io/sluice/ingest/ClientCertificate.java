package io.sluice.ingest;

/** What came of a request's TLS client certificate (device protocol section 1). */
sealed interface ClientCertificate {
    ClientCertificate ABSENT = new Absent();
    ClientCertificate BAD = new Bad();

    /** None was sent, or nobody asks for any. */
    record Absent() implements ClientCertificate {}

    /** One that names no device: by its issuer, its purpose, their time or its subject. */
    record Bad() implements ClientCertificate {}

    /** @param endsAt ms since 1970; the earliest end in its chain, the authority's included */
    record Good(String device, long endsAt) implements ClientCertificate {}
}
