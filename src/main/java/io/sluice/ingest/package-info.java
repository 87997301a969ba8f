/**
 * From a device's socket to the log: handshake, endpoint, session (numbering, credit, acknowledgements), drain. Kafka is
 * behind a port; no database call may enter.
 */
@NullMarked
package io.sluice.ingest;

import org.jspecify.annotations.NullMarked;
