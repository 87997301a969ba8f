/**
 * What stands in the device protocol and nowhere else: control frames, close codes, limits, numbering. Plain Java that
 * knows {@code telemetry} alone.
 */
@NullMarked
package io.sluice.protocol;

import org.jspecify.annotations.NullMarked;
