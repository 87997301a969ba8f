/**
 * Who is connected where: announcements, disconnects and instance leases, and how the newest wins. Plain values and
 * their wire form; who sends or follows them is the business of {@code ingest} and {@code live}.
 */
@NullMarked
package io.sluice.presence;

import org.jspecify.annotations.NullMarked;
