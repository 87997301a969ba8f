/**
 * Readings into windows: aggregation, de-duplication, lateness and the Kafka Streams topology that runs them. The
 * window arithmetic is plain Java; sockets and databases stay outside.
 */
@NullMarked
package io.sluice.rollup;

import org.jspecify.annotations.NullMarked;
