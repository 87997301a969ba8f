/**
 * What every service needs and no feature owns: TLS, wire hardening, problem details, build info. Knows no room.
 */
@NullMarked
package io.sluice.platform;

import org.jspecify.annotations.NullMarked;
