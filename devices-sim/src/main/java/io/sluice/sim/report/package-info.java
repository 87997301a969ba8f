/** What happened: counters, latencies, the ledger of acknowledged messages, the report at the end. */
@NullMarked
package io.sluice.sim.report;

import org.jspecify.annotations.NullMarked;
