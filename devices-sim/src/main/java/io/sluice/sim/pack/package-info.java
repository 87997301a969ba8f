/** SenML packs as a device writes them: readings in, JSON or CBOR bytes out. Nothing here knows of connections or time. */
@NullMarked
package io.sluice.sim.pack;

import org.jspecify.annotations.NullMarked;
