/**
 * The SenML pack (RFC 8428): its JSON and CBOR decoders and the writer of the resolved form. Plain Java that knows
 * {@code telemetry} alone; nothing here logs, blocks or knows of sockets.
 */
@NullMarked
package io.sluice.senml;

import org.jspecify.annotations.NullMarked;
