/**
 * Devices, profiles and credentials: their entities, their REST resources, and the in-memory directory that handshakes
 * and rules read. Hibernate is used here; the message path only ever sees the directory.
 */
@NullMarked
package io.sluice.registry;

import org.jspecify.annotations.NullMarked;
