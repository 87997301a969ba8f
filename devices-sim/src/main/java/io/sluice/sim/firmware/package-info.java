/** What good firmware does with a connection: numbering, keeping, resending, backing off, obeying. Plain Java over two ports, the transport and the time, so that every rule is tested without either. */
@NullMarked
package io.sluice.sim.firmware;

import org.jspecify.annotations.NullMarked;
