/**
 * Final rollups in the database: taken from the topic {@code rollups.history} where this process has the role {@code
 * rollup}, asked for over REST where it has {@code live}. Nothing on a reading's way to a browser waits for it.
 */
@NullMarked
package io.sluice.history;

import org.jspecify.annotations.NullMarked;
