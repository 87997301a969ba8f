/**
 * Measures Sluice beside servers that do less: starts everything, drives the load, compares CPU per reading. What it starts
 * it reaches only as any client would.
 */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
