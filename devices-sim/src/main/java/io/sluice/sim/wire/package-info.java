/** The network: WebSocket by Vert.x, REST by the JDK's client, both with TLS that is always verified. */
@NullMarked
package io.sluice.sim.wire;

import org.jspecify.annotations.NullMarked;
