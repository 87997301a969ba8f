/**
 * The values of the domain: device ids, metrics, readings and the rules that judge a reading. Plain Java that knows no
 * other room; anything here is tested in milliseconds without a container.
 */
@NullMarked
package io.sluice.telemetry;

import org.jspecify.annotations.NullMarked;
