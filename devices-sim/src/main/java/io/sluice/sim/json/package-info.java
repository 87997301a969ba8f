/** JSON without reflection: the little that frames, REST bodies and reports need. */
@NullMarked
package io.sluice.sim.json;

import org.jspecify.annotations.NullMarked;
