/**
 * The reference: a Netty server that parses, produces and acknowledges, and does nothing else that Sluice does. The limit to
 * be measured against, so it is tuned as well as Sluice is.
 */
@NullMarked
package io.sluice.bench.bare;

import org.jspecify.annotations.NullMarked;
