/** The command line. */
@NullMarked
package io.sluice.sim.command;

import org.jspecify.annotations.NullMarked;
