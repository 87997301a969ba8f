/**
 * Operators, their roles, sessions and the audit of what they did. Knows nothing of devices or readings.
 */
@NullMarked
package io.sluice.access;

import org.jspecify.annotations.NullMarked;
