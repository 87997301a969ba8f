/** The reference that shows what the framework costs: a WebSockets Next endpoint that does what {@code bare} does. */
package io.sluice.bench.empty;
