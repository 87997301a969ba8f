/**
 * The embedded broker and database of development, tests and the {@code standalone} package, and the development
 * certificate authority. Their libraries are never in the production artefact and no other room links here.
 */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
