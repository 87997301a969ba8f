/** Many devices at once: what each produces and when, its credentials, the event loops they share. */
@NullMarked
package io.sluice.sim.fleet;

import org.jspecify.annotations.NullMarked;
