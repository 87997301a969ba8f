/**
 * From rollups, presence and rejects to operators' browsers: subscriptions, conflation, recovery. Nothing here writes to
 * Kafka or asks the database per message.
 */
@NullMarked
package io.sluice.live;

import org.jspecify.annotations.NullMarked;
