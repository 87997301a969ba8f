/**
 * Topics as a type, record headers and the adapters that implement other rooms' ports with a Kafka client. Kafka's client
 * classes end here; rules about readings do not enter.
 */
@NullMarked
package io.sluice.kafka;

import org.jspecify.annotations.NullMarked;
