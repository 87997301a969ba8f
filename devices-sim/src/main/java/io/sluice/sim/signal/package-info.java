/** Where simulated values come from: signal models, and the kinds of machine that are made of them. */
@NullMarked
package io.sluice.sim.signal;

import org.jspecify.annotations.NullMarked;
