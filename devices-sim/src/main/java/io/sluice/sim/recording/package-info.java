/** Recorded data: CSV files, their columns, and the mapping of their times onto a replay. */
@NullMarked
package io.sluice.sim.recording;

import org.jspecify.annotations.NullMarked;
